package org.sonograph.launcher.facts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;

/**
 * What sources turned out to be when they were read, a line each in a file that only grows: what
 * has the same name, version and size need not be read to be known. Any thread may ask.
 */
public final class SourceFacts {
  private static final Logger LOG = LoggerFactory.getLogger(SourceFacts.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file written so short a time ago may be written again within the clock's grain. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Path file;
  private final Map<Key, JsonNode> known = new HashMap<>();
  private boolean isKept = true;

  /**
   * What a source must have kept to be still the same.
   *
   * @param name where it lies
   * @param version an object's ETag, the time at which a file was written
   * @param bytes its size
   */
  public record Key(String name, String version, long bytes) {
    /** That of a file as it is now; empty while it is too new to be sure of. */
    public static Optional<Key> of(Path file, IdentifiedSource.Stamp stamp) {
      Instant written = stamp.modified().toInstant();
      return written.plus(SETTLED).isAfter(Instant.now())
          ? Optional.empty()
          : Optional.of(
              new Key(
                  file.toAbsolutePath().normalize().toString(), written.toString(), stamp.bytes()));
    }

    private static Key of(JsonNode fact) {
      return new Key(
          fact.path("name").asText(), fact.path("version").asText(), fact.path("bytes").asLong());
    }
  }

  /** Facts kept in a file, which need not be there; where it cannot be used, nothing is known. */
  public SourceFacts(Path file) {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(this::read);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} is not used: {}", file, e.getMessage());
    }
  }

  /** A line that a crash cut off is worth one more look at its source. */
  private void read(String line) {
    try {
      JsonNode fact = JSON.readTree(line);
      known.put(Key.of(fact), fact);
    } catch (JsonProcessingException e) {
      LOG.debug("{}: no fact: {}", file, line);
    }
  }

  /** What a source is, where it was read before. */
  public synchronized Optional<IdentifiedSource> of(
      Key key, SourceFile source, IdentifiedSource.Stamp stamp) {
    return Optional.ofNullable(known.get(key))
        .map(
            fact -> new IdentifiedSource(source, fact.path("sha256").asText(), probe(fact), stamp));
  }

  private static Probe probe(JsonNode fact) {
    Map<String, String> tags = new HashMap<>();
    fact.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return new Probe(
        Container.valueOf(fact.path("container").asText()),
        fact.path("codec").asText(),
        fact.path("rateHz").asInt(),
        fact.path("channels").asInt(),
        fact.path("seconds").asDouble(),
        tags);
  }

  /** Keeps what a source is. */
  public synchronized void keep(Key key, IdentifiedSource found) {
    Probe probe = found.probe();
    ObjectNode fact = JSON.createObjectNode();
    fact.put("name", key.name());
    fact.put("version", key.version());
    fact.put("bytes", key.bytes());
    fact.put("sha256", found.id());
    fact.put("container", probe.container().name());
    fact.put("codec", probe.codec());
    fact.put("rateHz", probe.sampleRateHz());
    fact.put("channels", probe.channels());
    fact.put("seconds", probe.declaredSeconds());
    fact.set("tags", JSON.valueToTree(probe.sortedTags()));
    known.put(key, fact);
    if (isKept) {
      write(fact);
    }
  }

  private void write(ObjectNode fact) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          JSON.writeValueAsString(fact) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      isKept = false;
      LOG.warn("{} cannot be written, sources are read again next time: {}", file, e.getMessage());
    }
  }
}
