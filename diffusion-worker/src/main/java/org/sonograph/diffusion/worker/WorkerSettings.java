package org.sonograph.diffusion.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionOptions;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.diffusion.engine.ExecutionProviders;
import org.sonograph.runtime.UnavailableException;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.SettingsException;

/**
 * The settings as values.
 *
 * @param batch pictures of a batch; empty = found by trying
 * @param linger how long a batch waits to fill
 * @param silenceLufs loudness below which nothing is painted, if any
 * @param repeatsBytes memory for results
 * @param cache folder that may be deleted at any time
 * @param options how models are loaded
 */
record WorkerSettings(
    OptionalInt batch,
    Duration linger,
    OptionalDouble silenceLufs,
    long repeatsBytes,
    Path cache,
    DiffuserOptions options) {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerSettings.class);
  private static final String AUTO = "auto";
  private static final String PREFIX = "sonograph.diffusion.";

  /** Reads and checks what the declaration cannot. */
  static WorkerSettings of(DiffusionConfig config) {
    Path cache = config.cache().map(Path::of).orElseGet(FFmpegSettings::userCacheFolder);
    return new WorkerSettings(
        batch(config.batch()),
        Duration.ofMillis(config.lingerMs()),
        config.silenceLufs().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
        (long) config.repeatsMib() << 20,
        cache,
        new DiffuserOptions(
            config.threads(),
            config.models().map(Path::of),
            new ExecutionOptions(
                providers(config.provider()),
                config.device(),
                ExecutionOptions.Optimization.valueOf(
                    config.optimization().toUpperCase(Locale.ROOT)),
                Optional.of(cache.resolve("tensorrt")))));
  }

  private static OptionalInt batch(String text) {
    if (text.equals(AUTO)) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9][0-9]?") || Integer.parseInt(text) > BatchSize.MOST) {
      throw new SettingsException(
          "%sbatch=%s, expected auto or 1 to %d".formatted(PREFIX, text, BatchSize.MOST));
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  private static List<ExecutionProvider> providers(String text) {
    try {
      return ExecutionProvider.list(text);
    } catch (IllegalArgumentException e) {
      throw new SettingsException(PREFIX + e.getMessage(), e);
    }
  }

  /**
   * Makes sure that a provider can be had, and says so loudly where it is not the first one asked
   * for.
   *
   * @throws UnavailableException where none can
   */
  void requireProvider() {
    try {
      ExecutionProviders.Choice choice = ExecutionProviders.choose(options.execution().providers());
      choice.warnings().forEach(LOG::error);
    } catch (DiffusionException e) {
      throw new UnavailableException(PREFIX + e.getMessage(), e);
    }
  }

  /** What a batch may be for a model. */
  BatchSize batchSize(Diffuser diffuser) {
    if (batch.isPresent()) {
      return BatchSize.fixed(batch.getAsInt());
    }
    boolean isSimulated = diffuser.model().id().startsWith(Diffusers.SIMULATED);
    if (diffuser.provider() == ExecutionProvider.CPU && !isSimulated) {
      // measured: no gain; and so a picture is the same whatever else was waiting
      return BatchSize.fixed(1);
    }
    BatchMemory memory = new BatchMemory(cache, options.execution().device());
    return BatchSize.found(memory.size(diffuser), size -> memory.keep(diffuser, size));
  }
}
