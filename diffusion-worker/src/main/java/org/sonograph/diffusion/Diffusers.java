package org.sonograph.diffusion;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sonograph.diffusion.engine.OnnxDiffuser;
import org.sonograph.diffusion.hub.HubCache;
import org.sonograph.diffusion.hub.HubName;
import org.sonograph.diffusion.hub.HubSettings;

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
   * Opens a model: {@code passthrough}, {@code passthrough:MS}, {@code simulated:MS}, a folder, the
   * name of a folder below the models folder, {@code OWNER/NAME[@REVISION]} of a model in the hub's
   * cache; and what a {@link DiffuserProvider} brings.
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
        .or(() -> cached(model))
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.MODEL,
                    "model=%s, expected passthrough, passthrough:MS, simulated:MS, a folder%s, or OWNER/NAME of a model that was pulled from the hub"
                        .formatted(
                            model,
                            models.map(f -> ", the name of a folder below " + f).orElse(""))));
  }

  /** A model that lies in the hub's cache already; nothing is downloaded. */
  private static Optional<Path> cached(String model) {
    HubCache cache = new HubCache(HubSettings.ofProcess().cache());
    return HubName.parse(model).flatMap(cache::model);
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
