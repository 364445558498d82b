package org.sonograph.gallery.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.sonograph.runtime.osc.OscControl;

/**
 * How streams are heard, changed by OSC: {@code /sonograph/STREAM/volume}, {@code /panic} and
 * {@code /mix/READING}, each with one number.
 */
public final class OutputControl implements OscControl {
  private static final String MIX = "mix";
  private static final String PANIC = "panic";
  private static final String VOLUME = "volume";

  private final LiveStreams streams;

  public OutputControl(LiveStreams streams) {
    this.streams = streams;
  }

  @Override
  public Set<String> names() {
    return Set.of(VOLUME, PANIC, MIX);
  }

  @Override
  public Collection<String> streams() {
    return streams.all().stream().map(LiveStream::name).toList();
  }

  @Override
  public void change(String stream, List<String> path, List<Object> arguments) {
    LivePlayer player =
        streams
            .find(stream)
            .orElseThrow(() -> new IllegalArgumentException("the stream has just ended"))
            .player();
    OutputChange.read(body(path, arguments), player.readings()).apply(player);
  }

  /** The body that a request over HTTP would have. */
  static ObjectNode body(List<String> path, List<Object> arguments) {
    String name = path.getFirst();
    if (path.size() != (name.equals(MIX) ? 2 : 1) || arguments.size() != 1) {
      throw new IllegalArgumentException(
          "expected volume, panic or mix/READING, and one number with it");
    }
    double number =
        switch (arguments.getFirst()) {
          case Number n -> n.doubleValue();
          case Boolean b -> b ? 1 : 0;
          default -> Double.NaN;
        };
    if (Double.isNaN(number)) {
      throw new IllegalArgumentException(name + " without a number, expected i, f, T or F");
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    switch (name) {
      case PANIC -> body.put(PANIC, number != 0);
      case MIX -> body.putObject(MIX).put(path.getLast(), number);
      default -> body.put(name, number);
    }
    return body;
  }
}
