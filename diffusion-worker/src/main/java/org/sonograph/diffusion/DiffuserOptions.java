package org.sonograph.diffusion;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param threads threads inside one operation; 0 takes one for each core this process was given
 * @param modelsFolder where models are looked up by name; empty where only folders may be named
 * @param execution where and how graphs are computed
 */
public record DiffuserOptions(
    int threads, Optional<Path> modelsFolder, ExecutionOptions execution) {

  public DiffuserOptions {
    if (threads < 0) {
      throw new IllegalArgumentException("threads=" + threads + ", expected 0 or more");
    }
  }

  /** On the processor. */
  public DiffuserOptions(int threads, Optional<Path> modelsFolder) {
    this(threads, modelsFolder, ExecutionOptions.defaults());
  }

  /** One thread a core, models by their folder alone. */
  public static DiffuserOptions defaults() {
    return new DiffuserOptions(0, Optional.empty());
  }

  /** Threads inside one operation. */
  public int threadsOrCores() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  /** The same with another number of threads. */
  public DiffuserOptions withThreads(int count) {
    return new DiffuserOptions(count, modelsFolder, execution);
  }

  /** The same with another models folder. */
  public DiffuserOptions withModelsFolder(Path folder) {
    return new DiffuserOptions(threads, Optional.of(folder), execution);
  }

  /** The same computed elsewhere. */
  public DiffuserOptions withExecution(ExecutionOptions other) {
    return new DiffuserOptions(threads, modelsFolder, other);
  }
}
