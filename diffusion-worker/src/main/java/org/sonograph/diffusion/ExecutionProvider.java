package org.sonograph.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where ONNX Runtime computes. */
public enum ExecutionProvider {
  /** The processor; always there. */
  CPU,
  /** NVIDIA's cards by CUDA and cuDNN. */
  CUDA,
  /** NVIDIA's cards by TensorRT, what it cannot do by CUDA. */
  TENSORRT,
  /** Apple's neural engine and graphics. */
  COREML,
  /** Any DirectX 12 card, on Windows. */
  DIRECTML;

  /** What a person calls it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads names separated by commas, in order of preference.
   *
   * @throws IllegalArgumentException where a name is none
   */
  public static List<ExecutionProvider> list(String names) {
    return Arrays.stream(names.split(",", -1))
        .map(String::strip)
        .map(n -> named(n, names))
        .toList();
  }

  private static ExecutionProvider named(String name, String all) {
    return Arrays.stream(values())
        .filter(p -> p.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "provider=%s, expected one of %s, or several separated by commas"
                        .formatted(
                            all,
                            Arrays.stream(values())
                                .map(ExecutionProvider::text)
                                .collect(Collectors.joining(", ")))));
  }
}
