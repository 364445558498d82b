package org.sonograph.diffusion;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where and how a model's graphs are computed.
 *
 * @param providers in order of preference; the first one that this machine has is taken
 * @param device number of the card
 * @param optimization how far ONNX Runtime rewrites a graph when it is loaded
 * @param engineCache folder that keeps what TensorRT has built for a model; empty = built anew at
 *     every start
 */
public record ExecutionOptions(
    List<ExecutionProvider> providers,
    int device,
    Optimization optimization,
    Optional<Path> engineCache) {

  /** ONNX Runtime's levels of graph optimisation. */
  public enum Optimization {
    /** The graph as it was exported. */
    NONE,
    /** Constant folding and removal of what does nothing. */
    BASIC,
    /** Fusions of operators too. */
    EXTENDED,
    /** Memory layout too. */
    ALL
  }

  public ExecutionOptions {
    providers = List.copyOf(providers);
    if (providers.isEmpty() || device < 0) {
      throw new IllegalArgumentException(
          "providers=%s device=%d, expected one provider or more, and a device from 0"
              .formatted(providers, device));
    }
  }

  /** The processor, fully optimised. */
  public static ExecutionOptions defaults() {
    return on(List.of(ExecutionProvider.CPU));
  }

  /** The first card of the first of these that is here, fully optimised. */
  public static ExecutionOptions on(List<ExecutionProvider> providers) {
    return new ExecutionOptions(providers, 0, Optimization.ALL, Optional.empty());
  }
}
