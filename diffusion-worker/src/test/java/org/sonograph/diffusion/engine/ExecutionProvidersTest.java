package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionProvider;

/** On a machine without NVIDIA's libraries, which is where tests run. */
class ExecutionProvidersTest {
  @Test
  void theProcessorIsAlwaysThere() {
    assertThat(ExecutionProviders.choose(List.of(ExecutionProvider.CPU)))
        .isEqualTo(new ExecutionProviders.Choice(ExecutionProvider.CPU, List.of()));
  }

  @Test
  void namesEveryLibraryThatCudaLacks() {
    assertThat(ExecutionProviders.lacks(ExecutionProvider.CUDA))
        .contains("libcublasLt.so.12", "libcudart.so.12", "libcurand.so.10", "libcudnn.so.9");
    assertThat(ExecutionProviders.lacks(ExecutionProvider.TENSORRT)).contains("libnvinfer.so.10");
  }

  @Test
  void refusesWhereNothingElseIsAllowed() {
    assertThatThrownBy(() -> ExecutionProviders.choose(List.of(ExecutionProvider.CUDA)))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("libcublasLt.so.12")
        .hasMessageContaining("provider=cuda,cpu");
  }

  @Test
  void fallsBackWhereThatIsAllowedAndSaysWhy() {
    ExecutionProviders.Choice choice =
        ExecutionProviders.choose(ExecutionProvider.list("tensorrt,cuda,cpu"));
    assertThat(choice.provider()).isEqualTo(ExecutionProvider.CPU);
    assertThat(choice.passedOver()).hasSize(2);
    assertThat(choice.passedOver().get(1)).startsWith("provider=cuda lacks ");
  }

  @Test
  void refusesANameThatIsNone() {
    assertThatThrownBy(() -> ExecutionProvider.list("cuda,gpu"))
        .hasMessage(
            "provider=cuda,gpu, expected one of cpu, cuda, tensorrt, coreml, directml, or several"
                + " separated by commas");
  }
}
