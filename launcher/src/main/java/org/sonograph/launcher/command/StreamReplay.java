package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.KeptStretch;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Topics;

/** What a live stream played, made once more by the same instance, and compared. */
final class StreamReplay {
  private static final String CLIENT = "sonograph-replay";

  private final StreamOptions options;

  /**
   * What came of one reading of one stretch.
   *
   * @param take the live take
   * @param reading which reading
   * @param chunks how many chunks the stretch has
   * @param compared how many of them could be compared
   * @param samples samples of these, of all channels
   * @param different chunks that are not the same, by number in the live take, and how
   * @param left chunks that could not be compared, by number in the live take, and why
   */
  record Result(
      String take,
      String reading,
      long chunks,
      long compared,
      long samples,
      Map<Long, String> different,
      Map<Long, String> left) {
    Result {
      different = Map.copyOf(different);
      left = Map.copyOf(left);
    }

    ExitCode code() {
      return !different.isEmpty()
          ? ExitCode.FAILED
          : compared == 0 ? ExitCode.NO_INPUT : ExitCode.OK;
    }

    /** For a person. */
    String line() {
      String found =
          different.isEmpty()
              ? compared == 0 ? "nothing to compare" : "equal"
              : "differs in " + named(different);
      return "%s %s: %s, %d of %d chunks compared, %d samples%s"
          .formatted(
              take,
              reading,
              found,
              compared,
              chunks,
              samples,
              left.isEmpty() ? "" : "; not: " + named(left));
    }

    private static String named(Map<Long, String> chunks) {
      return String.join(
          ", ",
          chunks.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(e -> "chunk " + e.getKey() + " (" + e.getValue() + ")")
              .toList());
    }

    /** For a program. */
    String json() {
      ObjectNode node =
          new ObjectMapper()
              .createObjectNode()
              .put("take", take)
              .put("reading", reading)
              .put("chunks", chunks)
              .put("compared", compared)
              .put("samples", samples)
              .put("equal", different.isEmpty() && compared > 0)
              .put("exit", code().number());
      ObjectNode others = node.putObject("different");
      different.forEach((chunk, how) -> others.put(Long.toString(chunk), how));
      ObjectNode leftOut = node.putObject("notCompared");
      left.forEach((chunk, why) -> leftOut.put(Long.toString(chunk), why));
      return node.toString();
    }
  }

  StreamReplay(StreamOptions options) {
    this.options = options;
  }

  List<Result> run(ServiceHost host, Terminal terminal) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    try (Consumer<byte[], byte[]> chunks = consumer(host);
        Consumer<byte[], byte[]> then = consumer(host);
        Consumer<byte[], byte[]> now = consumer(host);
        StreamSender sender = new StreamSender(host, CLIENT)) {
      var serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, host.registry());
      for (KeptStretch stretch : options.find(chunks, host)) {
        KeptStretch.Plan plan =
            stretch.plan(
                ChunkHeaders.NOT_COLLECTED,
                false,
                stretch::asSeeded,
                "@" + System.currentTimeMillis());
        StreamComparison comparison = new StreamComparison(stretch);
        comparison.begin(now);
        sender.send(stretch, plan);
        terminal.say(
            "%d chunks of live take %s are made once more as take %s"
                .formatted(stretch.count(), stretch.chunks().take(), plan.take()));
        results.addAll(comparison.await(now, then, serde, plan.take()));
      }
    }
    return results;
  }

  private static Consumer<byte[], byte[]> consumer(ServiceHost host) {
    return new KafkaConsumer<>(
        host.kafka().freeConsumer(CLIENT),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A difference outweighs what could not be compared. */
  static ExitCode exitCode(List<Result> results) {
    if (results.stream().anyMatch(r -> r.code() == ExitCode.FAILED)) {
      return ExitCode.FAILED;
    }
    return results.stream().anyMatch(r -> r.code() == ExitCode.OK)
        ? ExitCode.OK
        : ExitCode.NO_INPUT;
  }
}
