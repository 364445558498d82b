package org.sonograph.diffusion.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sonograph.diffusion.DiffusionException;

/** Identifies a model by what is in its files, wherever the folder lies. */
public final class FolderHash {

  private static final int BLOCK_BYTES = 1 << 20;
  private static final Set<String> PARTS =
      Set.of(
          "model_index.json",
          "scheduler",
          "tokenizer",
          "text_encoder",
          "unet",
          "vae_encoder",
          "vae_decoder",
          "safety_checker");

  private FolderHash() {}

  /**
   * SHA-256 over every file of the parts that are loaded, in order of their names: name, length,
   * contents. What else lies beside them, such as a read-me or a recipe, does not count.
   */
  public static String sha256(Path root) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK_BYTES];
      for (Path file : files(root)) {
        String name = root.relativize(file).toString().replace('\\', '/');
        digest.update((name + "\n" + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
        try (InputStream in = Files.newInputStream(file)) {
          for (int read = in.read(block); read >= 0; read = in.read(block)) {
            digest.update(block, 0, read);
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s cannot be read: %s".formatted(root, e.getMessage()),
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> PARTS.contains(root.relativize(file).getName(0).toString()))
          .sorted((a, b) -> root.relativize(a).toString().compareTo(root.relativize(b).toString()))
          .toList();
    }
  }
}
