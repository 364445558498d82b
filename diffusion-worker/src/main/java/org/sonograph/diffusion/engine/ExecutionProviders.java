package org.sonograph.diffusion.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionProvider;

/** Which execution providers this build and this machine have, and what the others lack. */
public final class ExecutionProviders {

  /**
   * What libonnxruntime_providers_cuda.so of ONNX Runtime 1.29 is linked with, and cuDNN, which it
   * opens later.
   */
  private static final List<String> CUDA_LIBRARIES =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcublasLt.so.12",
          "libcublas.so.12",
          "libcurand.so.10",
          "libcudnn.so.9");

  /** What libonnxruntime_providers_tensorrt.so is linked with beside those. */
  private static final List<String> TENSORRT_LIBRARIES =
      List.of("libnvinfer.so.10", "libnvonnxparser.so.10");

  private ExecutionProviders() {}

  /**
   * What was chosen.
   *
   * @param provider where graphs will run
   * @param passedOver why those that were preferred to it cannot be had, a line each
   */
  public record Choice(ExecutionProvider provider, List<String> passedOver) {
    public Choice {
      passedOver = List.copyOf(passedOver);
    }

    /** What has to be said loudly: one line for each provider that was preferred. */
    public List<String> warnings() {
      return passedOver.stream()
          .map(
              problem ->
                  "MODELS RUN ON %s, NOT WHERE THEY WERE ASKED TO: %s".formatted(provider, problem))
          .toList();
    }
  }

  /**
   * The first provider of a list that can be had here.
   *
   * @throws DiffusionException where none can, naming what each one lacks
   */
  public static Choice choose(List<ExecutionProvider> asked) {
    List<String> passedOver = new ArrayList<>();
    for (ExecutionProvider provider : asked) {
      List<String> lacks = lacks(provider);
      if (lacks.isEmpty()) {
        return new Choice(provider, passedOver);
      }
      passedOver.add("provider=%s lacks %s".formatted(provider.text(), String.join(", ", lacks)));
    }
    throw new DiffusionException(
        DiffusionException.Reason.DEVICE,
        String.join("; ", passedOver)
            + "; install what is missing, or allow the processor with provider=%s,cpu"
                .formatted(asked.getFirst().text()));
  }

  /** Everything that a provider lacks here: the build, or libraries by name; empty if nothing. */
  public static List<String> lacks(ExecutionProvider provider) {
    List<String> lacks = new ArrayList<>();
    if (!isBuiltIn(provider)) {
      lacks.add(build(provider));
    }
    lacks.addAll(libraries(provider).stream().filter(name -> !canBeLoaded(name)).toList());
    return lacks;
  }

  /** Whether the ONNX Runtime that came with this build knows a provider. */
  public static boolean isBuiltIn(ExecutionProvider provider) {
    if (provider == ExecutionProvider.CPU) {
      return true;
    }
    Set<OrtProvider> known = OrtEnvironment.getAvailableProviders();
    return known.contains(
        switch (provider) {
          case CPU -> OrtProvider.CPU;
          case CUDA -> OrtProvider.CUDA;
          case TENSORRT -> OrtProvider.TENSOR_RT;
          case COREML -> OrtProvider.CORE_ML;
          case DIRECTML -> OrtProvider.DIRECT_ML;
        });
  }

  private static String build(ExecutionProvider provider) {
    return switch (provider) {
      case CUDA, TENSORRT -> "a build with ./mvnw -Pgpu (this one runs on the processor)";
      case COREML -> "an ONNX Runtime with CoreML, which comes on macOS";
      case DIRECTML -> "an ONNX Runtime with DirectML, which comes on Windows";
      case CPU -> "the processor";
    };
  }

  private static List<String> libraries(ExecutionProvider provider) {
    boolean isLinux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
    List<String> libraries = new ArrayList<>();
    if (isLinux && (provider == ExecutionProvider.CUDA || provider == ExecutionProvider.TENSORRT)) {
      libraries.addAll(CUDA_LIBRARIES);
    }
    if (isLinux && provider == ExecutionProvider.TENSORRT) {
      libraries.addAll(TENSORRT_LIBRARIES);
    }
    return libraries;
  }

  /** Asks the system's loader, which looks where it will look for ONNX Runtime. */
  private static boolean canBeLoaded(String library) {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
