package org.sonograph.ingest.live;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.runtime.osc.OscControl;
import org.sonograph.runtime.osc.OscMessage;

/** What streams are made of, changed by OSC: {@code /sonograph/STREAM/OPTION value...}. */
final class StreamControl implements OscControl {
  private final SequencedMap<String, LiveStream> streams;

  StreamControl(SequencedMap<String, LiveStream> streams) {
    this.streams = streams;
  }

  @Override
  public Set<String> names() {
    return Recipe.names();
  }

  @Override
  public Collection<String> streams() {
    return streams.keySet();
  }

  @Override
  public void change(String stream, List<String> path, List<Object> arguments) {
    String option = path.getFirst();
    if (path.size() > 1 || arguments.isEmpty()) {
      throw new IllegalArgumentException(
          "expected /sonograph/%s/%s and at least one argument".formatted(stream, option));
    }
    streams.get(stream).change(Map.of(option, OscMessage.texts(arguments)));
  }
}
