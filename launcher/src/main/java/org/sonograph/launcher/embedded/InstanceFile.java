package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sonograph.runtime.files.WholeFile;

/**
 * Where a running instance can be reached, for other programs; the file {@value #FILE} in its data
 * folder, there exactly while all is ready.
 *
 * @param bootstrapServers addresses of the broker
 * @param registryUrl address of the registry, complete with its path
 * @param metricsUrls addresses of the metrics of all its processes
 * @param galleryUrl address of the gallery, which also takes sound in
 * @param model what paints where nothing else is asked for; empty where that is not known
 */
public record InstanceFile(
    String bootstrapServers,
    String registryUrl,
    List<String> metricsUrls,
    String galleryUrl,
    String model) {
  /** Name of the file. */
  public static final String FILE = "sonograph.properties";

  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String REGISTRY = "schema.registry.url";
  private static final String METRICS = "metrics.urls";
  private static final String GALLERY = "gallery.url";
  private static final String MODEL = "model";

  public InstanceFile {
    metricsUrls = List.copyOf(metricsUrls);
  }

  /** Puts the file into a data folder, whole or not at all. */
  public void write(Path data) {
    // java.util.Properties would begin it with the time.
    String text =
        String.join(
            "\n",
            BOOTSTRAP + "=" + bootstrapServers,
            REGISTRY + "=" + registryUrl,
            METRICS + "=" + String.join(",", metricsUrls),
            GALLERY + "=" + galleryUrl,
            MODEL + "=" + escaped(model),
            "");
    try {
      WholeFile.write(data.resolve(FILE), text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + data.resolve(FILE) + ": " + e, e);
    }
  }

  /** Takes the file away. */
  public static void remove(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException e) {
      throw new EmbeddedException("cannot remove " + data.resolve(FILE) + ": " + e, e);
    }
  }

  /** What the file in a data folder says, if there is one. */
  public static Optional<InstanceFile> read(Path data) {
    Path file = data.resolve(FILE);
    Properties p = new Properties();
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      p.load(in);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EmbeddedException("cannot read " + file + ": " + e, e);
    }
    if (p.getProperty(BOOTSTRAP, "").isBlank()) {
      // what a power cut left of it; the next start removes it
      return Optional.empty();
    }
    return Optional.of(
        new InstanceFile(
            p.getProperty(BOOTSTRAP, ""),
            p.getProperty(REGISTRY, ""),
            Arrays.stream(p.getProperty(METRICS, "").split(",")).filter(u -> !u.isEmpty()).toList(),
            p.getProperty(GALLERY, ""),
            p.getProperty(MODEL, "")));
  }

  /** A value as java.util.Properties reads it: a model may be a folder of any name. */
  private static String escaped(String value) {
    StringBuilder text = new StringBuilder();
    for (char c : value.toCharArray()) {
      if (c == '\\') {
        text.append("\\\\");
      } else {
        text.append(c < ' ' || c > '~' ? "\\u%04x".formatted((int) c) : c);
      }
    }
    return text.toString();
  }
}
