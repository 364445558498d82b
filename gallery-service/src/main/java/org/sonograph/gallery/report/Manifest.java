package org.sonograph.gallery.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sonograph.runtime.files.WholeFile;

/**
 * What a take's {@code manifest.json} says: each file by hash, and what it comes from.
 *
 * @param take id of the take
 * @param program Sonograph and its version
 * @param format of the sounds, as {@code --format} names it
 * @param source whose sound: {@code id} (SHA-256 of its bytes), {@code path}, {@code name}, {@code
 *     licence} and so on, as in the messages
 * @param settings hash of the interpretation
 * @param seed first of all noise
 * @param model name and hash of what painted
 * @param interpretation all settings, as in the messages
 * @param files the files
 */
public record Manifest(
    String take,
    String program,
    String format,
    JsonNode source,
    String settings,
    long seed,
    Model model,
    JsonNode interpretation,
    List<Entry> files) {
  /** Name of the file. */
  public static final String NAME = "manifest.json";

  /** Version of its form. */
  public static final int VERSION = 1;

  /** Field and ancestor: the sound that went in. */
  public static final String SOURCE = "source";

  /** Field and ancestor: the settings' hash. */
  public static final String SETTINGS = "settings";

  /** Field and ancestor: the seed. */
  public static final String SEED = "seed";

  /** Field and ancestor: what painted. */
  public static final String MODEL = "model";

  /** Folder, field and ancestor: all spectrograms, whose common hash the field holds. */
  public static final String SPECTROGRAM = "spectrogram/";

  /** Folder, field and ancestor: all art, whose common hash the field holds. */
  public static final String ART = "art/";

  /** Field: the entries. */
  public static final String FILES = "files";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * What painted.
   *
   * @param name its name
   * @param sha256 over its files; "" where it has none
   */
  public record Model(String name, String sha256) {}

  /**
   * One file.
   *
   * @param file its name in the take's folder
   * @param bytes its size
   * @param sha256 of its bytes, in hex
   * @param from what it comes from: fields of the manifest, or files of the take
   */
  public record Entry(String file, long bytes, String sha256, List<String> from) {
    public Entry {
      from = List.copyOf(from);
    }

    /** The entry of a file that is there. */
    public static Entry of(Path folder, String file, List<String> from) throws IOException {
      Path path = folder.resolve(file);
      MessageDigest hash = digest();
      byte[] block = new byte[1 << 16];
      long bytes = 0;
      try (InputStream in = Files.newInputStream(path)) {
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          hash.update(block, 0, n);
          bytes += n;
        }
      }
      return new Entry(file, bytes, HexFormat.of().formatHex(hash.digest()), from);
    }

    private static Entry of(JsonNode node) {
      List<String> from = new ArrayList<>();
      node.path("from").forEach(f -> from.add(f.asText()));
      return new Entry(
          node.path("file").asText(),
          node.path("bytes").asLong(),
          node.path("sha256").asText(),
          from);
    }
  }

  public Manifest {
    files = List.copyOf(files);
  }

  /** The manifest in a take's folder; empty where there is none, as while it is made. */
  public static Optional<Manifest> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    if (root.path("version").asInt() != VERSION) {
      throw new IOException(
          "%s: version=%s, expected %d: written by another Sonograph"
              .formatted(file, root.path("version"), VERSION));
    }
    List<Entry> files = new ArrayList<>();
    root.path(FILES).forEach(node -> files.add(Entry.of(node)));
    return Optional.of(
        new Manifest(
            root.path("take").asText(),
            root.path("program").asText(),
            root.path("format").asText(),
            root.path(SOURCE),
            root.path(SETTINGS).asText(),
            root.path(SEED).asLong(),
            new Model(
                root.path(MODEL).path("name").asText(), root.path(MODEL).path("sha256").asText()),
            root.path("interpretation"),
            files));
  }

  /**
   * Notes files that were made of a take after it was closed, in place of what was noted of them.
   */
  public static void add(Path folder, List<Entry> made) throws IOException {
    Path file = folder.resolve(NAME);
    if (made.isEmpty() || !Files.isRegularFile(file)) {
      return;
    }
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
    ArrayNode files = JSON.createArrayNode();
    root.path(FILES)
        .forEach(
            node -> {
              if (made.stream().noneMatch(m -> m.file().equals(node.path("file").asText()))) {
                files.add(node);
              }
            });
    made.forEach(entry -> files.add(JSON.valueToTree(entry)));
    root.set(FILES, files);
    WholeFile.write(file, JSON.writeValueAsBytes(root));
  }

  /** Sounds of the take, by their files' names. */
  public List<Entry> sounds() {
    return files.stream().filter(f -> f.from().contains(ART) && f.from().contains(SOURCE)).toList();
  }

  /** Every file but the pictures of single chunks. */
  public List<Entry> outputs() {
    return files.stream()
        .filter(f -> !f.file().startsWith(SPECTROGRAM) && !f.file().startsWith(ART))
        .toList();
  }

  /** A fresh digest. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
