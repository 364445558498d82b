package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.KeptStretch;
import org.sonograph.launcher.recipe.ChangedRecipe;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;

/**
 * What a live stream played, as takes that end: each chunk by its own recipe, some options said
 * anew.
 */
final class StreamRerender {
  private static final String CLIENT = "sonograph-rerender";
  private static final String FORMAT = "format";

  private final StreamOptions options;
  private final OptionList said;
  private final String format;

  /**
   * A take that was sent.
   *
   * @param take its id
   * @param renderedFrom the live take
   * @param first number of its first chunk in the live take
   * @param chunks how many chunks it has
   */
  record Rendered(String take, String renderedFrom, long first, long chunks) {
    String json() {
      return new ObjectMapper()
          .createObjectNode()
          .put("take", take)
          .put("renderedFrom", renderedFrom)
          .put("from", RerenderCommand.From.TOPICS.toString())
          .put("firstChunk", first)
          .put("chunks", chunks)
          .put("exit", 0)
          .toString();
    }
  }

  StreamRerender(StreamOptions options, OptionList said, String format) {
    this.options = options;
    this.said = said.without(FORMAT::equals);
    this.format = format;
  }

  List<Rendered> run(ServiceHost host, Terminal terminal) throws InterruptedException {
    List<Rendered> all = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                host.kafka().freeConsumer(CLIENT),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        StreamSender sender = new StreamSender(host, CLIENT)) {
      for (KeptStretch stretch : options.find(consumer, host)) {
        KeptStretch.Plan plan = stretch.plan(format, true, recipe(stretch), "");
        boolean isNew = sender.send(stretch, plan);
        terminal.say(
            isNew
                ? "%d chunks of live take %s, from %s on, are sent again as take %s, which appears among the instance's takes"
                    .formatted(
                        stretch.count(), stretch.chunks().take(), stretch.begin(), plan.take())
                : "take %s was sent before".formatted(plan.take()));
        all.add(
            new Rendered(plan.take(), stretch.chunks().take(), stretch.first(), stretch.count()));
      }
    }
    return all;
  }

  /** Recipes are changed once each: they differ from chunk to chunk only where somebody did so. */
  private UnaryOperator<Interpretation> recipe(KeptStretch stretch) {
    Map<Interpretation, Interpretation> known = new HashMap<>();
    return live -> known.computeIfAbsent(live, recipe -> changed(stretch, recipe));
  }

  private Interpretation changed(KeptStretch stretch, Interpretation live) {
    Interpretation seeded = stretch.asSeeded(live);
    if (said.given().isEmpty()) {
      return seeded;
    }
    Interpretation changed = ChangedRecipe.of(seeded, said);
    if (!changed.getSpectrogram().equals(live.getSpectrogram())) {
      throw new IllegalArgumentException(
          "another spectrogram needs the sound cut anew, and a stream's sound is kept in chunks"
              + " alone: leave its options out");
    }
    // the instance's workers may have another model of that name than this machine
    return Interpretation.newBuilder(changed)
        .setDiffusion(DiffusionSettings.newBuilder(changed.getDiffusion()).setModelHash("").build())
        .build();
  }
}
