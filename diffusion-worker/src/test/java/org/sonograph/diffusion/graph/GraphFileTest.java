package org.sonograph.diffusion.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.Golden;

class GraphFileTest {

  @TempDir Path folder;

  @Test
  void readsARealGraphWithoutItsWeights() {
    GraphFile unet = GraphFile.read(Golden.models().resolve("tiny-sd/unet/model.onnx"));
    assertThat(unet.inputs())
        .extracting(GraphFile.Value::name)
        .containsExactly("sample", "timestep", "encoder_hidden_states");
    assertThat(unet.input("sample").orElseThrow().fixed(1, 0)).isEqualTo(4);
    assertThat(unet.output("out_sample")).isPresent();
    assertThat(unet.nodes()).filteredOn(node -> node.operator().equals("Conv")).isNotEmpty();
    assertThat(unet.external()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "a/../../secret.bin",
        "/etc/passwd",
        "C:\\Windows\\win.ini",
        "..\\secret.bin",
        "",
        "."
      })
  void refusesWeightsOutsideTheFolder(String location) throws IOException {
    Files.write(folder.resolve("secret.bin"), new byte[100]);
    GraphFile graph = read(new TinyGraph().external("w", location, 0).bytes());
    assertThatThrownBy(() -> graph.requireWeights(List.of(real())))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("expected a file in its own folder");
  }

  @Test
  void findsWeightsOfInnerGraphsToo() throws IOException {
    GraphFile graph = read(new TinyGraph().branch("../x").bytes());
    assertThatThrownBy(() -> graph.requireWeights(List.of(real())))
        .hasMessageContaining("\"../x\"");
  }

  @Test
  void refusesALinkThatLeavesTheFolder() throws IOException {
    Path outside = Files.write(folder.resolve("outside.bin"), new byte[100]);
    GraphFile graph = read(new TinyGraph().external("w", "weights.pb", 0).bytes());
    Path link = graph.file().resolveSibling("weights.pb");
    Files.createSymbolicLink(link, outside);
    assertThatThrownBy(() -> graph.requireWeights(List.of(link.getParent().toRealPath())))
        .hasMessageContaining("expected a file in its own folder");
    assertThatCode(() -> graph.requireWeights(List.of(real()))).doesNotThrowAnyException();
  }

  @Test
  void refusesWeightsThatAreCutOffOrMissing() throws IOException {
    GraphFile graph = read(new TinyGraph().external("w", "weights.pb", 96).bytes());
    assertThatThrownBy(() -> graph.requireWeights(List.of(real())))
        .hasMessageContaining("weights.pb are missing");
    Files.write(graph.file().resolveSibling("weights.pb"), new byte[100]);
    assertThatThrownBy(() -> graph.requireWeights(List.of(real())))
        .hasMessageContaining(
            "weights.pb is cut off: 100 bytes, but the weight w ends at byte 104");
    Files.write(graph.file().resolveSibling("weights.pb"), new byte[104]);
    assertThatCode(() -> graph.requireWeights(List.of(real()))).doesNotThrowAnyException();
  }

  @Test
  void refusesOperatorsOfUnknownDomains() {
    assertThatThrownBy(() -> read(new TinyGraph().node("Run", "evil.shell").bytes()))
        .hasMessageContaining("asks for the operators evil.shell.Run");
    assertThatCode(() -> read(new TinyGraph().node("Gelu", "com.microsoft").bytes()))
        .doesNotThrowAnyException();
    assertThatCode(() -> read(new TinyGraph().node("Aten", "pkg.torch").bytes("pkg.torch")))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesEveryCutOffFile() throws IOException {
    byte[] whole = new TinyGraph().input("sample", 1, 4).weight("w", 3, 4).node("Conv", "").bytes();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DiffusionException.class)
          .hasMessageContaining("cut off, or no ONNX graph");
    }
  }

  @Test
  void refusesAnyDamageWithAMessageOrReadsIt() {
    byte[] whole =
        new TinyGraph()
            .input("sample", 1, 4)
            .external("w", "weights.pb", 0)
            .convolution("sample", "w", 2)
            .branch("b")
            .bytes();
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        read(damaged);
      } catch (DiffusionException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  private Path real() throws IOException {
    return folder.toRealPath();
  }

  private GraphFile read(byte[] bytes) {
    try {
      Path file = folder.resolve("unet").resolve("model.onnx");
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return GraphFile.read(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
