package org.sonograph.diffusion;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param threads threads inside one operation; 0 takes one for each core this process was given
 * @param modelsFolder where models are looked up by name; empty where only folders may be named
 */
public record DiffuserOptions(int threads, Optional<Path> modelsFolder) {

  public DiffuserOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads=" + threads + ", expected 0 or more");
    }
  }

  /** One thread a core, models by their folder alone. */
  public static DiffuserOptions defaults() {
    return new DiffuserOptions(0, Optional.empty());
  }

  /** The same with another number of threads. */
  public DiffuserOptions withThreads(int count) {
    return new DiffuserOptions(count, modelsFolder);
  }

  /** The same with another models folder. */
  public DiffuserOptions withModelsFolder(Path folder) {
    return new DiffuserOptions(threads, Optional.of(folder));
  }
}
