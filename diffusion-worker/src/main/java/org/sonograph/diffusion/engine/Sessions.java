package org.sonograph.diffusion.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.nio.file.Path;
import java.util.Map;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionOptions;
import org.sonograph.diffusion.ExecutionProvider;

/** Opens the graphs of one model, all on one device. */
final class Sessions {

  private final ExecutionOptions execution;
  private final int threads;
  private final ExecutionProvider provider;

  /**
   * Chooses the device.
   *
   * @throws DiffusionException where none of the providers asked for is here
   */
  Sessions(DiffuserOptions options) {
    execution = options.execution();
    threads = options.threadsOrCores();
    provider = ExecutionProviders.choose(execution.providers()).provider();
  }

  /** Where graphs run. */
  ExecutionProvider provider() {
    return provider;
  }

  /** Opens a graph. */
  OrtSession open(Path file, Graph.Use use) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(use == Graph.Use.EVERY_STEP);
      options.setOptimizationLevel(level());
      // threads that wait actively stall each other where other services share the cores
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      addProvider(options);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }
  }

  private OptLevel level() {
    return switch (execution.optimization()) {
      case NONE -> OptLevel.NO_OPT;
      case BASIC -> OptLevel.BASIC_OPT;
      case EXTENDED -> OptLevel.EXTENDED_OPT;
      case ALL -> OptLevel.ALL_OPT;
    };
  }

  private void addProvider(OrtSession.SessionOptions options) throws OrtException {
    switch (provider) {
      case CPU -> {
        // always there, behind the others
      }
      case CUDA -> addCuda(options);
      case TENSORRT -> {
        addTensorRt(options);
        addCuda(options);
      }
      case COREML -> options.addCoreML(Map.of());
      case DIRECTML -> {
        // DirectML takes neither
        options.setMemoryPatternOptimization(false);
        options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
        options.addDirectML(execution.device());
      }
    }
  }

  private void addCuda(OrtSession.SessionOptions options) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(execution.device())) {
      // by default an arena doubles, and holds far more than a batch needs
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      options.addCUDA(cuda);
    }
  }

  private void addTensorRt(OrtSession.SessionOptions options) throws OrtException {
    try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(execution.device())) {
      if (execution.engineCache().isPresent()) {
        String folder = execution.engineCache().get().toString();
        tensorRt.add("trt_engine_cache_enable", "1");
        tensorRt.add("trt_engine_cache_path", folder);
        tensorRt.add("trt_timing_cache_enable", "1");
        tensorRt.add("trt_timing_cache_path", folder);
      }
      options.addTensorrt(tensorRt);
    }
  }
}
