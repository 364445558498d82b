package org.sonograph.diffusion.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionOptions;
import org.sonograph.diffusion.ExecutionProvider;

/** Opens the graphs of one model, all on one device. */
final class Sessions {

  /**
   * How long a thread waits actively for its share of the next operator. Long enough for the
   * arithmetic between two steps: waking costs a tenth and more of a small U-Net's time. Short
   * enough to leave the cores to other services between pictures.
   */
  private static final String SPIN_MICROS = "1000";

  /**
   * Weights of an autoencoder whose working memory is small enough to be kept: taken anew each
   * time, page by page, it costs a small one as much time as its arithmetic.
   */
  private static final long SMALL_BYTES = 64L << 20;

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
  OrtSession open(Path file, Graph.Use use) throws OrtException, IOException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setCPUArenaAllocator(use == Graph.Use.EVERY_STEP || isSmall(file));
      options.setOptimizationLevel(level());
      options.addConfigEntry("session.intra_op.spin_duration_us", SPIN_MICROS);
      addProvider(options);
      return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
    }
  }

  /** Whether a graph and the weights beside it are few bytes. */
  private static boolean isSmall(Path file) throws IOException {
    try (Stream<Path> beside = Files.list(file.getParent())) {
      return beside.mapToLong(path -> path.toFile().length()).sum() <= SMALL_BYTES;
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
