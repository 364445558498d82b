package org.sonograph.diffusion;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.sonograph.diffusion.engine.OnnxDiffuser;

/** Opens a model by what a person calls it. */
public final class Diffusers {

  /** Names the diffuser that paints nothing; {@code passthrough:MS} waits that long first. */
  public static final String PASSTHROUGH = "passthrough";

  private Diffusers() {}

  /** Opens a model with {@link DiffuserOptions#defaults}. */
  public static Diffuser open(String model) {
    return open(model, DiffuserOptions.defaults());
  }

  /**
   * Opens a model: {@code passthrough}, {@code passthrough:MS}, a folder, or the name of a folder
   * below the models folder.
   *
   * @throws DiffusionException where there is no such model, or it cannot be run
   */
  public static Diffuser open(String model, DiffuserOptions options) {
    if (model.equals(PASSTHROUGH)) {
      return new PassthroughDiffuser(Duration.ZERO);
    }
    if (model.startsWith(PASSTHROUGH + ":")) {
      return new PassthroughDiffuser(delay(model));
    }
    return new OnnxDiffuser(folder(model, options), options);
  }

  /** The folder a model's name stands for. */
  private static Path folder(String model, DiffuserOptions options) {
    Path direct = Path.of(model);
    if (Files.isDirectory(direct)) {
      return direct;
    }
    Optional<Path> models = options.modelsFolder();
    return models
        .map(folder -> folder.resolve(model))
        .filter(Files::isDirectory)
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.MODEL,
                    "model=%s, expected passthrough, passthrough:MS, a folder%s"
                        .formatted(
                            model,
                            models
                                .map(f -> ", or the name of a folder below " + f)
                                .orElse(" (no models folder is set)"))));
  }

  private static Duration delay(String model) {
    String text = model.substring(PASSTHROUGH.length() + 1);
    try {
      return Duration.ofMillis(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "model=" + model + ", expected passthrough:MILLISECONDS, found \"" + text + "\"",
          e);
    }
  }
}
