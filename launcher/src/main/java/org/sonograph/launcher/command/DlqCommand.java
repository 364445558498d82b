package org.sonograph.launcher.command;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the dead-letter topics. */
@Command(
    name = "dlq",
    mixinStandardHelpOptions = true,
    description = "Lists, shows and replays records that could not be used.")
public final class DlqCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec CommandSpec spec;

  public DlqCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "dlq: list, show or replay?");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Counts dead letters by topic, stage and code.")
  int list(@Mixin ConnectionOptions connection) {
    Map<String, Long> counts = new TreeMap<>();
    letters(connection, "")
        .values()
        .forEach(
            records ->
                records.forEach(
                    r ->
                        counts.merge(
                            "%-26s %-20s %s"
                                .formatted(
                                    r.topic(), text(r, DeadLetter.STAGE), text(r, DeadLetter.CODE)),
                            1L,
                            Long::sum)));
    if (counts.isEmpty()) {
      terminal.say("no dead letters");
    } else {
      terminal.data("%-26s %-20s %-24s %s".formatted("topic", "stage", "code", "records"));
      counts.forEach((what, n) -> terminal.data("%-72s %d".formatted(what, n)));
    }
    return ExitCode.OK.number();
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Shows each dead letter: where it came from, what it was about, what was wrong.")
  int show(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--take",
              paramLabel = "ID",
              defaultValue = "",
              description = "Only of this take.")
          String take,
      @Parameters(
              arity = "0..1",
              paramLabel = "TOPIC",
              defaultValue = "",
              description = "Only of this topic.")
          String topic) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = letters(connection, topic);
    for (List<ConsumerRecord<byte[], byte[]>> records : letters.values()) {
      for (ConsumerRecord<byte[], byte[]> r : records) {
        Optional<ChunkHeaders> place = ChunkHeaders.read(r.headers());
        if (take.isEmpty() || place.filter(p -> p.take().equals(take)).isPresent()) {
          show(r, place);
        }
      }
    }
    if (letters.isEmpty()) {
      terminal.say("no dead letters");
    }
    return ExitCode.OK.number();
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description = {
        "Sends the chunks that dead letters are about once more, as a take of their own,",
        "whose sound then takes the place of the silence."
      })
  int replay(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--take",
              paramLabel = "ID",
              defaultValue = "",
              description = "Only of this take.")
          String take,
      @Parameters(
              arity = "0..1",
              paramLabel = "TOPIC",
              defaultValue = "",
              description = "Only of this topic.")
          String topic) {
    Map<String, Set<Long>> affected =
        DeadLetterReplay.affected(
            letters(connection, topic).values().stream().flatMap(List::stream).toList());
    if (!take.isEmpty()) {
      affected.keySet().retainAll(Set.of(take));
    }
    if (affected.isEmpty()) {
      terminal.say("no dead letters that name a chunk");
      return ExitCode.OK.number();
    }
    List<DeadLetterReplay.Result> results;
    try (ServiceHost host = ServiceHost.open(connection.config(List.of()));
        Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                host.kafka().freeConsumer("sonograph-dlq"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        Producer<String, byte[]> producer =
            new KafkaProducer<>(
                host.kafka().producer("sonograph-dlq"),
                new StringSerializer(),
                new ByteArraySerializer())) {
      results =
          new DeadLetterReplay(
                  consumer, producer, AvroSerde.of(Topics.AUDIO_CHUNKS, host.registry()))
              .replay(affected);
    }
    boolean failed = false;
    for (DeadLetterReplay.Result result : results) {
      if (result.chunks() > 0) {
        terminal.data(
            "%s %d chunks of %s".formatted(result.repair(), result.chunks(), result.take()));
      }
      if (!result.problem().isEmpty()) {
        failed = true;
        terminal.complain("take %s: %s".formatted(result.take(), result.problem()));
      }
    }
    return (failed ? ExitCode.FAILED : ExitCode.OK).number();
  }

  private void show(ConsumerRecord<byte[], byte[]> r, Optional<ChunkHeaders> place) {
    terminal.data("%s-%d@%d".formatted(r.topic(), r.partition(), r.offset()));
    terminal.data(
        "  from    %s-%s@%s"
            .formatted(
                text(r, DeadLetter.TOPIC),
                text(r, DeadLetter.PARTITION),
                text(r, DeadLetter.OFFSET)));
    terminal.data(
        "  key     " + (r.key() == null ? "" : new String(r.key(), StandardCharsets.UTF_8)));
    place.ifPresent(
        p ->
            terminal.data(
                "  chunk   %d of take %s (%s)".formatted(p.chunk(), p.take(), p.sourceName())));
    terminal.data("  bytes   " + (r.value() == null ? 0 : r.value().length));
    terminal.data(
        "  stage   %s (%s)".formatted(text(r, DeadLetter.STAGE), text(r, DeadLetter.CODE)));
    terminal.data("  reason  " + text(r, DeadLetter.MESSAGE));
    terminal.data("  time    " + Instant.ofEpochMilli(r.timestamp()));
  }

  private static Map<String, List<ConsumerRecord<byte[], byte[]>>> letters(
      ConnectionOptions connection, String topic) {
    KafkaSettings kafka = connection.kafka();
    try (Admin admin = connection.admin()) {
      return DeadLetterLog.read(admin, kafka, t -> topic.isEmpty() || t.equals(topic));
    }
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    return DeadLetter.text(record.headers(), header).orElse("?");
  }
}
