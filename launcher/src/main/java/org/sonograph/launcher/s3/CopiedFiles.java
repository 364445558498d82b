package org.sonograph.launcher.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files of a take that are in a bucket, by their name in its folder: in the bucket the last
 * thing of a copy to arrive, here what is left when the files themselves are dropped.
 *
 * @param take id of the take
 */
public record CopiedFiles(String take, Map<String, Copied> files) {
  /** Name of the file that says so, in the take's folder here and there. */
  static final String NAME = "copied.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One file, as it was checked on arrival. */
  public record Copied(long bytes, String sha256) {}

  public CopiedFiles {
    files = new TreeMap<>(files);
  }

  /** What was copied out of a take's folder. */
  public static Optional<CopiedFiles> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    return Files.isRegularFile(file) ? Optional.of(of(Files.readAllBytes(file))) : Optional.empty();
  }

  /** Whether a file of a take is in a bucket only. */
  public static boolean isDropped(Path folder, String name) {
    return Files.exists(folder.resolve(NAME)) && !Files.exists(folder.resolve(name));
  }

  static CopiedFiles of(byte[] json) throws IOException {
    JsonNode root = JSON.readTree(json);
    Map<String, Copied> files = new TreeMap<>();
    root.path("files")
        .properties()
        .forEach(
            file ->
                files.put(
                    file.getKey(),
                    new Copied(
                        file.getValue().path("bytes").asLong(),
                        file.getValue().path("sha256").asText())));
    return new CopiedFiles(root.path("take").asText(), files);
  }

  byte[] bytes() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("take", take);
    ObjectNode all = root.putObject("files");
    files.forEach(
        (name, file) ->
            all.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }
}
