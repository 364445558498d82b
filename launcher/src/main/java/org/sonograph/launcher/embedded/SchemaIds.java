package org.sonograph.launcher.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.files.WholeFile;

/**
 * The number that the registry gave each schema, kept beside its data. A registry whose file was
 * cut short may go on from an earlier state as if nothing were wrong, and give the same numbers to
 * other schemas: every record written before would be misread.
 */
final class SchemaIds {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaIds.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lies in the registry's folder, since it means nothing beside another one. */
  private static final String FILE = "registry/schema-ids.json";

  /** Time between looks. A registry that is killed forgets what it was told in the last second. */
  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private static final int ANSWER_MS = 5000;

  private final Path file;
  private final Asking registry;
  private final Duration between;

  /** Asks the registry. */
  @FunctionalInterface
  interface Asking {
    /**
     * What is at a path, such as {@code /subjects}.
     *
     * @throws FileNotFoundException where there is nothing
     * @throws IOException where there is no answer
     */
    JsonNode get(String path) throws IOException;
  }

  SchemaIds(Path data, Asking registry, Duration between) {
    this.file = data.resolve(FILE);
    this.registry = registry;
    this.between = between;
  }

  /** The numbers of the registry at an address, complete with its path. */
  static SchemaIds at(Path data, String url) {
    return new SchemaIds(data, path -> get(URI.create(url + path)), BETWEEN);
  }

  private static JsonNode get(URI address) throws IOException {
    var connection = address.toURL().openConnection();
    connection.setConnectTimeout(ANSWER_MS);
    connection.setReadTimeout(ANSWER_MS);
    try (var in = connection.getInputStream()) {
      return JSON.readTree(in);
    }
  }

  /**
   * Compares the registry with what it had.
   *
   * @throws TornException where a schema that it had is not there, or has another number
   */
  void check() {
    for (Map.Entry<String, Integer> one : kept().entrySet()) {
      String found;
      try {
        int now = registry.get(one.getKey()).path("id").asInt();
        found = now == one.getValue() ? "" : "has number " + now;
      } catch (FileNotFoundException e) {
        found = "is not there";
      } catch (IOException e) {
        LOG.warn("the registry is believed, it does not say what it has: {}", e.getMessage());
        return;
      }
      if (!found.isEmpty()) {
        throw new TornException(
            DataPart.REGISTRY,
            "the schema registry has lost what it knew: %s %s, which had number %d"
                .formatted(one.getKey(), found, one.getValue()));
      }
    }
  }

  /** Paths of schemas and their numbers; none where the file is new or was itself cut short. */
  private SortedMap<String, Integer> kept() {
    SortedMap<String, Integer> kept = new TreeMap<>();
    try {
      if (Files.exists(file)) {
        JSON.readTree(file.toFile())
            .properties()
            .forEach(one -> kept.put(one.getKey(), one.getValue().asInt()));
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be read, the registry is believed: {}", file, e.getMessage());
    }
    return kept;
  }

  /**
   * Keeps the numbers up to date, on a thread of its own, until it is interrupted: those that were
   * the same at two looks, and so lie on the registry's disk.
   */
  Thread watch() {
    return Thread.ofVirtual().name("schema-ids").start(this::keepOn);
  }

  private void keepOn() {
    SortedMap<String, Integer> kept = kept();
    SortedMap<String, Integer> before = Collections.emptySortedMap();
    try {
      while (true) {
        try {
          SortedMap<String, Integer> now = asked();
          if (now.equals(before) && !now.equals(kept)) {
            keep(now);
            kept = now;
          }
          before = now;
        } catch (IOException e) {
          LOG.debug("schemas' numbers are not kept: {}", e.getMessage());
        }
        Thread.sleep(between);
      }
    } catch (InterruptedException e) {
      LOG.debug("schemas' numbers are kept no more");
    }
  }

  private SortedMap<String, Integer> asked() throws IOException {
    SortedMap<String, Integer> ids = new TreeMap<>();
    for (JsonNode subject : registry.get("/subjects")) {
      String name = URLEncoder.encode(subject.asText(), StandardCharsets.UTF_8);
      String versions = "/subjects/" + name + "/versions";
      for (JsonNode version : registry.get(versions)) {
        String path = versions + "/" + version.asInt();
        ids.put(path, registry.get(path).path("id").asInt());
      }
    }
    return ids;
  }

  /** Writes what is known; whole or not at all. */
  private void keep(SortedMap<String, Integer> ids) throws IOException {
    Files.createDirectories(file.getParent());
    WholeFile.write(file, JSON.writeValueAsBytes(ids));
  }
}
