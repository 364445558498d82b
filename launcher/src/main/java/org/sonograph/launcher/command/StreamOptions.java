package org.sonograph.launcher.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.ancestry.KeptChunks;
import org.sonograph.launcher.ancestry.KeptStretch;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Topics;
import picocli.CommandLine.Option;

/** Which stretches of a live stream a command means, of those that are kept. */
final class StreamOptions {
  @Option(
      names = "--stream",
      paramLabel = "NAME",
      description = "A live stream whose chunks are still on the topics of a running instance.")
  String stream;

  @Option(
      names = "--take",
      paramLabel = "ID",
      description =
          "Of that stream the take of this id, or that begins so (default: the latest; other"
              + " readings, another seed and other pictures begin one).")
  String take;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description =
          "Of that stream what was heard from then on: 14:00 of today, or 2026-11-29T14:00.")
  String since;

  @Option(names = "--until", paramLabel = "TIME", description = "And before then.")
  String until;

  /** Whether a stream is meant, and not takes that end. */
  boolean isGiven() {
    boolean hasMore = take != null || since != null || until != null;
    if (stream == null && hasMore) {
      throw new IllegalArgumentException("--take, --since and --until want --stream");
    }
    if (take != null && (since != null || until != null)) {
      throw new IllegalArgumentException("--take and --since or --until exclude each other");
    }
    return stream != null;
  }

  /**
   * The stretches that are meant.
   *
   * @param consumer without a group, used as long as they are
   * @throws CommandFailure where none is there
   */
  List<KeptStretch> find(Consumer<byte[], byte[]> consumer, ServiceHost host) {
    List<KeptChunks> takes =
        KeptChunks.ofStream(consumer, AvroSerde.of(Topics.AUDIO_CHUNKS, host.registry()), stream);
    if (takes.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NO_INPUT,
          "nothing of a stream %s is on %s: see GET /sources for its name"
              .formatted(stream, Topics.AUDIO_CHUNKS.name()));
    }
    long from = since == null ? 0 : time(since, "--since");
    long to = until == null ? Long.MAX_VALUE : time(until, "--until");
    boolean isTimed = since != null || until != null;
    List<KeptStretch> stretches = new ArrayList<>();
    for (KeptChunks kept : isTimed ? takes : List.of(one(takes))) {
      stretches.addAll(KeptStretch.of(kept, due -> due >= from && due < to));
    }
    if (stretches.isEmpty()) {
      throw new CommandFailure(
          ExitCode.NO_INPUT, "nothing of stream %s is kept of that time".formatted(stream));
    }
    return stretches;
  }

  private KeptChunks one(List<KeptChunks> takes) {
    if (take == null) {
      return takes.getLast();
    }
    List<KeptChunks> found = takes.stream().filter(t -> t.take().startsWith(take)).toList();
    if (found.size() != 1) {
      throw new CommandFailure(
          ExitCode.NO_INPUT,
          "%d takes of stream %s begin with %s, expected one of %s"
              .formatted(
                  found.size(),
                  stream,
                  take,
                  takes.stream().map(KeptChunks::take).collect(Collectors.joining(", "))));
    }
    return found.getFirst();
  }

  private static long time(String text, String option) {
    try {
      LocalDateTime local =
          text.indexOf('T') < 0
              ? LocalDate.now().atTime(LocalTime.parse(text))
              : LocalDateTime.parse(text);
      return local.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s=%s, expected a time such as 14:00 or 2026-11-29T14:00:30".formatted(option, text), e);
    }
  }
}
