package org.sonograph.launcher.command;

import io.smallrye.config.SmallRyeConfig;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.journey.Journey;
import org.sonograph.launcher.journey.JourneyJson;
import org.sonograph.launcher.journey.JourneySearch;
import org.sonograph.launcher.journey.JourneyText;
import org.sonograph.launcher.journey.KnownTakes;
import org.sonograph.launcher.journey.SightingReader;
import org.sonograph.launcher.journey.TakeJourney;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.RegistryClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the way of a chunk through the topics. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what became of a chunk, hop by hop: where its records lie, when each was written, how"
          + " long it waited and was worked on, and why it is silent if it is.",
      "Reads the topics alone, and of each only the partition where the chunk's key lies."
    })
public final class TraceCommand implements Callable<Integer> {
  private static final String CLIENT = "sonograph-trace";
  private static final int MOST_NAMED = 5;

  private final Terminal terminal;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "As one line of JSON.")
  boolean json;

  @Parameters(
      paramLabel = "TAKE[/CHUNK]",
      description = {
        "A chunk as the keys have it: take, slash, number from 0. The take alone lists its chunks,"
            + " the worst first. The beginning of a take will do where no other begins so."
      })
  String what;

  public TraceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SmallRyeConfig config = connection.config(List.of());
    KafkaSettings kafka = KafkaSettings.of(config);
    try (Admin admin = connection.admin()) {
      connection.requireBroker(admin);
    }
    try (RegistryClient registry = ServiceHost.connectRegistry(config);
        Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                kafka.freeConsumer(CLIENT),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      KnownTakes takes = KnownTakes.read(consumer, registry);
      JourneySearch search = new JourneySearch(consumer, new SightingReader(registry));
      if (what.indexOf('/') < 0) {
        String take = take(takes, what);
        return show(search.take(take, takes.chunksOf(take)));
      }
      return show(search.chunk(chunk(takes)));
    } catch (KafkaException e) {
      throw ConnectionOptions.noAnswer(kafka.bootstrapServers(), e);
    }
  }

  private Keys.ChunkKey chunk(KnownTakes takes) {
    Keys.ChunkKey given =
        Keys.parseChunk(what)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "'%s', expected TAKE/CHUNK with the chunk's number from 0, or TAKE alone"
                            .formatted(what)));
    return new Keys.ChunkKey(take(takes, given.take()), given.chunk());
  }

  private static String take(KnownTakes takes, String given) {
    List<String> found = takes.beginningWith(given);
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "%d takes begin with '%s': %s%s; give more of it"
              .formatted(
                  found.size(),
                  given,
                  String.join(", ", found.subList(0, Math.min(MOST_NAMED, found.size()))),
                  found.size() > MOST_NAMED ? ", ..." : ""));
    }
    // one that is no longer in the ledger may still be on the topics
    return found.isEmpty() ? given : found.getFirst();
  }

  private int show(Journey journey) {
    if (!journey.isKnown()) {
      JourneyText.looked(journey.looked()).forEach(terminal::say);
      throw unknown("chunk %d of take %s".formatted(journey.key().chunk(), journey.key().take()));
    }
    if (json) {
      terminal.data(JourneyJson.of(journey).toString());
    } else {
      new JourneyText(ZoneId.systemDefault()).lines(journey).forEach(terminal::data);
    }
    return ExitCode.OK.number();
  }

  private int show(TakeJourney take) {
    if (take.chunks().isEmpty()) {
      JourneyText.looked(take.looked()).forEach(terminal::say);
      throw unknown("take " + take.take());
    }
    if (json) {
      terminal.data(JourneyJson.of(take).toString());
    } else {
      new JourneyText(ZoneId.systemDefault()).lines(take).forEach(terminal::data);
    }
    return ExitCode.OK.number();
  }

  private static CommandFailure unknown(String what) {
    return new CommandFailure(
        ExitCode.NO_INPUT,
        "no record of %s is on the topics: it was never sent there, or longer ago than the topics keep records; ids of takes are in track.json, and ./sonograph dlq show names chunks"
            .formatted(what));
  }
}
