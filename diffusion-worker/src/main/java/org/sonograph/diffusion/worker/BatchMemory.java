package org.sonograph.diffusion.worker;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.OptionalInt;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.Diffuser;

/** Batch sizes that were found by trying, by model and device, in a file of the cache folder. */
final class BatchMemory {
  private static final Logger LOG = LoggerFactory.getLogger(BatchMemory.class);
  private static final String FILE = "batch-sizes.properties";

  private final Path file;
  private final String device;

  /**
   * Opens the memory.
   *
   * @param folder cache folder, made when something is kept
   * @param device number of the card
   */
  BatchMemory(Path folder, int device) {
    this.file = folder.resolve(FILE);
    this.device = Integer.toString(device);
  }

  /** What was found before, if anything. */
  OptionalInt size(Diffuser diffuser) {
    String text = read().getProperty(key(diffuser), "");
    return text.matches("[1-9][0-9]?")
        ? OptionalInt.of(Math.min(BatchSize.MOST, Integer.parseInt(text)))
        : OptionalInt.empty();
  }

  /** Keeps what was found; a folder that cannot be written costs another trial, no more. */
  void keep(Diffuser diffuser, int size) {
    Properties all = read();
    all.setProperty(key(diffuser), Integer.toString(size));
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), FILE, "");
      try (Writer out = Files.newBufferedWriter(fresh)) {
        all.store(out, "Found by trying; delete the file to have it tried again");
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("{} cannot be written, the batch size will be tried again: {}", file, e.toString());
    }
  }

  private String key(Diffuser diffuser) {
    String model =
        diffuser.model().sha256().isEmpty() ? diffuser.model().id() : diffuser.model().sha256();
    return model + "." + diffuser.provider().text() + "." + device;
  }

  private Properties read() {
    Properties all = new Properties();
    if (Files.isRegularFile(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        all.load(in);
      } catch (IOException | IllegalArgumentException e) {
        LOG.warn("{} cannot be read: {}", file, e.toString());
      }
    }
    return all;
  }
}
