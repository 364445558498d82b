package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How fast models painted on this machine, kept in the user's data folder from one run to the next.
 *
 * <p>A rate is worth an estimate and no error: where the file cannot be read or written, nothing is
 * known.
 */
public final class PaintRates {
  private static final Logger LOG = LoggerFactory.getLogger(PaintRates.class);
  private static final String NAME = "rates.json";
  private static final String SECONDS_A_PASS = "secondsAPass";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private Optional<ObjectNode> known = Optional.empty();

  /** Rates in a data folder. */
  public PaintRates(Path folder) {
    this.folder = folder;
  }

  /**
   * Seconds that one worker takes for one pass of a picture through a model, everything around it
   * included, as in the last run that was long enough to tell.
   */
  public synchronized OptionalDouble secondsAPass(String model) {
    double seconds = all().path(model).path(SECONDS_A_PASS).asDouble();
    return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }

  /** Keeps a rate in place of an earlier one. */
  public synchronized void keep(String model, double secondsAPass) {
    ObjectNode all = all();
    all.putObject(model).put(SECONDS_A_PASS, secondsAPass);
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, NAME, ".partial");
      Files.write(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
      Files.move(
          partial,
          folder.resolve(NAME),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("rates cannot be kept in {}: {}", folder, e.getMessage());
    }
  }

  /** The file is read once: an archive's estimate asks for every take. */
  private ObjectNode all() {
    if (known.isEmpty()) {
      known = Optional.of(read());
    }
    return known.get();
  }

  private ObjectNode read() {
    try {
      return JSON.readTree(Files.readAllBytes(folder.resolve(NAME))) instanceof ObjectNode all
          ? all
          : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
