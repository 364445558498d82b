package org.sonograph.diffusion;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sonograph.diffusion.engine.OnnxDiffuser;

/** Opens a model by what a person calls it. */
public final class Diffusers {

  /** Names the diffuser that paints nothing; {@code passthrough:MS} waits that long first. */
  public static final String PASSTHROUGH = "passthrough";

  /** Begins the name of a simulated device; milliseconds a batch follow. */
  public static final String SIMULATED = "simulated:";

  private Diffusers() {}

  /** Opens a model with {@link DiffuserOptions#defaults}. */
  public static Diffuser open(String model) {
    return open(model, DiffuserOptions.defaults());
  }

  /**
   * Opens a model: {@code passthrough}, {@code passthrough:MS}, {@code simulated:MS}, a folder, or
   * the name of a folder below the models folder; and what a {@link DiffuserProvider} brings.
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
    if (model.startsWith(SIMULATED)) {
      return new SimulatedDiffuser(delay(model));
    }
    Optional<DiffuserProvider> provider = provider(model);
    if (provider.isPresent()) {
      String argument = model.substring(provider.get().scheme().length() + 1);
      return provider.get().open(argument, options);
    }
    return new OnnxDiffuser(folder(model, options), options);
  }

  private static Optional<DiffuserProvider> provider(String model) {
    return ServiceLoader.load(DiffuserProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(p -> model.startsWith(p.scheme() + ":"))
        .findFirst();
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
                    "model=%s, expected passthrough, passthrough:MS, simulated:MS, a folder%s"
                        .formatted(
                            model,
                            models
                                .map(f -> ", or the name of a folder below " + f)
                                .orElse(" (no models folder is set)"))));
  }

  private static Duration delay(String model) {
    int colon = model.indexOf(':');
    String text = model.substring(colon + 1);
    try {
      return Duration.ofMillis(Long.parseUnsignedLong(text));
    } catch (NumberFormatException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "model=%s, expected %s:MILLISECONDS, found \"%s\""
              .formatted(model, model.substring(0, colon), text),
          e);
    }
  }
}
