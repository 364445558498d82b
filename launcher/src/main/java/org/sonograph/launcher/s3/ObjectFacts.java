package org.sonograph.launcher.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;

/**
 * What objects turned out to be when they were read, a line each in a file that only grows: an
 * object of the same bucket, key, ETag and size need not be fetched to be known.
 */
public final class ObjectFacts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<List<String>, JsonNode> known = new HashMap<>();

  /** Facts kept in a file, which need not be there. */
  public ObjectFacts(Path file) throws IOException {
    this.file = file;
    if (!Files.exists(file)) {
      return;
    }
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(this::read);
    }
  }

  /** A line that a crash cut off is worth one more look at its object. */
  private void read(String line) {
    try {
      JsonNode fact = JSON.readTree(line);
      known.put(key(fact), fact);
    } catch (JsonProcessingException e) {
      known.remove(List.of());
    }
  }

  private static List<String> key(JsonNode fact) {
    return List.of(
        fact.path("url").asText(), fact.path("etag").asText(), fact.path("bytes").asText());
  }

  private static List<String> key(StoredObject object) {
    return List.of(object.url().toString(), object.etag(), Long.toString(object.bytes()));
  }

  /** The sound that an object is, where it was read before. */
  synchronized Optional<IdentifiedSource> of(StoredObject object, SourceFile source) {
    return Optional.ofNullable(known.get(key(object)))
        .map(
            fact ->
                new IdentifiedSource(
                    source,
                    fact.path("sha256").asText(),
                    probe(fact),
                    new IdentifiedSource.Stamp(object.bytes(), FileTime.from(object.modified()))));
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

  /** Keeps what an object is. */
  synchronized void keep(StoredObject object, IdentifiedSource found) throws IOException {
    Probe probe = found.probe();
    ObjectNode fact = JSON.createObjectNode();
    fact.put("url", object.url().toString());
    fact.put("etag", object.etag());
    fact.put("bytes", object.bytes());
    fact.put("sha256", found.id());
    fact.put("container", probe.container().name());
    fact.put("codec", probe.codec());
    fact.put("rateHz", probe.sampleRateHz());
    fact.put("channels", probe.channels());
    fact.put("seconds", probe.declaredSeconds());
    fact.set("tags", JSON.valueToTree(probe.sortedTags()));
    known.put(key(object), fact);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        JSON.writeValueAsString(fact) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
