package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.graph.TinyGraph;

class ModelFolderTest {

  private static final TinyGraph UNET =
      new TinyGraph()
          .input("sample", -1, -1, -1, -1)
          .input("timestep")
          .input("encoder_hidden_states", -1, -1, 768)
          .weight("first", 48, 8, 3, 3)
          .convolution("sample", "first", 1)
          .convolution("a", "b", 2)
          .convolution("c", "d", 2);

  private static final TinyGraph ENCODER =
      new TinyGraph()
          .input("sample", -1, 3, -1, -1)
          .convolution("a", "b", 1)
          .convolution("a", "b", 2)
          .convolution("a", "b", 2)
          .node("InstanceNormalization", "");

  @TempDir Path root;

  @BeforeEach
  void layOut() throws IOException {
    graph("text_encoder", new TinyGraph().input("input_ids", -1, -1).output("states", -1, -1, 768));
    graph("unet", UNET);
    graph("vae_encoder", ENCODER);
    graph("vae_decoder", new TinyGraph().input("latent_sample", -1, 8, -1, -1).node("Resize", ""));
    write("unet/config.json", "{\"in_channels\": 8, \"block_out_channels\": [48, 96, 160]}");
    write(
        "vae_encoder/config.json",
        "{\"latent_channels\": 8, \"block_out_channels\": [1, 1, 1, 1], \"scaling_factor\": 0.5,"
            + " \"shift_factor\": 0.25}");
    write(
        "scheduler/scheduler_config.json",
        "{\"_class_name\": \"DDIMScheduler\", \"steps_offset\": 0, \"trained_betas\": null,"
            + " \"lambda_min_clipped\": -Infinity}");
  }

  @Test
  void readsSizesFromTheConfigs() {
    ModelFolder folder = ModelFolder.read(root);
    assertThat(folder.sizeStepPixels()).isEqualTo(32);
    assertThat(folder.latent()).isEqualTo(new ModelFolder.LatentScale(8, 8, 0.5, 0.25));
    assertThat(folder.encoder()).isEqualTo(new ModelFolder.EncoderSettings(77, true));
  }

  @Test
  void tinyModelTakesMultiplesOfSixteen() {
    ModelFolder folder = ModelFolder.read(Golden.models().resolve("tiny-sd"));
    assertThat(folder.sizeStepPixels()).isEqualTo(16);
    assertThat(folder.latent()).isEqualTo(new ModelFolder.LatentScale(8, 4, 0.18215, 0));
  }

  @Test
  void putsTheStepsOffsetRightAsDiffusersDoes() {
    ModelFolder folder = ModelFolder.read(root);
    assertThat(folder.scheduler().className()).isEqualTo("DDIMScheduler");
    assertThat(folder.scheduler().values())
        .containsEntry("steps_offset", 1)
        .doesNotContainKey("trained_betas");
  }

  @Test
  void readsATinyAutoencoder() throws IOException {
    write(
        "vae_encoder/config.json",
        "{\"_class_name\": \"AutoencoderTiny\", \"latent_channels\": 8,"
            + " \"encoder_block_out_channels\": [64, 64, 64, 64]}");
    assertThat(ModelFolder.read(root).latent()).isEqualTo(new ModelFolder.LatentScale(8, 8, 1, 0));
  }

  @Test
  void refusesTwoTextEncoders() throws IOException {
    write("text_encoder_2/model.onnx", "");
    refused("found text_encoder_2 (SDXL or later), expected one text encoder");
  }

  @Test
  void refusesAMissingPartByName() throws IOException {
    Files.delete(root.resolve("vae_encoder/model.onnx"));
    refused("found no vae_encoder/model.onnx");
  }

  @Test
  void readsSizesFromTheGraphsWhereThereIsNoConfig() throws IOException {
    graph(
        "vae_decoder",
        new TinyGraph()
            .input("latent_sample", -1, -1, -1, -1)
            .weight("half", 8, 8, 1, 1)
            .cast("half", "full")
            .convolution("latent_sample", "full", 1)
            .node("InstanceNormalization", ""));
    Files.delete(root.resolve("unet/config.json"));
    Files.delete(root.resolve("vae_encoder/config.json"));
    Files.delete(root.resolve("scheduler/scheduler_config.json"));
    ModelFolder folder = ModelFolder.read(root);
    assertThat(folder.latent()).isEqualTo(new ModelFolder.LatentScale(4, 8, 0.18215, 0));
    assertThat(folder.sizeStepPixels()).isEqualTo(16);
    assertThat(folder.scheduler().className()).isEqualTo("PNDMScheduler");
    assertThat(folder.scheduler().values()).containsEntry("prediction_type", "epsilon");
    assertThat(folder.remarks())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("unet/config.json is missing: the graph has 3 levels"))
        .anyMatch(line -> line.contains("scaling factor 0.18215 is taken for granted"))
        .anyMatch(line -> line.contains("Stable Diffusion 1 with noise prediction"))
        .anyMatch(line -> line.contains("CLIP's text model of 77 tokens"));
  }

  @Test
  void takesAWideTextEncoderForTheSecondFamily() throws IOException {
    graph("text_encoder", new TinyGraph().input("input_ids", -1, 77).output("o", -1, 77, 1024));
    Files.delete(root.resolve("scheduler/scheduler_config.json"));
    ModelFolder folder = ModelFolder.read(root);
    assertThat(folder.scheduler().values()).containsEntry("prediction_type", "v_prediction");
    assertThat(folder.remarks()).anyMatch(line -> line.contains("Stable Diffusion 2"));
  }

  @Test
  void takesADecoderWithoutNormsForATinyAutoencoder() throws IOException {
    Files.delete(root.resolve("vae_encoder/config.json"));
    assertThat(ModelFolder.read(root).latent()).isEqualTo(new ModelFolder.LatentScale(4, 8, 1, 0));
  }

  @Test
  void refusesControlNetInputsByName() throws IOException {
    graph("unet", new TinyGraph().input("sample", -1, 8).input("down_block_0", 1));
    refused("a U-Net for ControlNet, since unet/model.onnx asks for \"down_block_0\"");
  }

  @Test
  void refusesTheLargeFamilyByItsInputs() throws IOException {
    graph("unet", new TinyGraph().input("sample", -1, 8).input("time_ids", 1, 6));
    refused("a Stable Diffusion XL U-Net");
  }

  @Test
  void saysThatPyTorchWeightsHaveToBeExported() throws IOException {
    Files.delete(root.resolve("unet/model.onnx"));
    write("unet/diffusion_pytorch_model.safetensors", "");
    refused("no unet/model.onnx but diffusion_pytorch_model.safetensors (PyTorch's form");
  }

  @Test
  void refusesAnInpaintingModel() throws IOException {
    write("unet/config.json", "{\"in_channels\": 17, \"block_out_channels\": [1]}");
    refused("found a U-Net of 17 input channels (an inpainting model), expected 8");
  }

  @Test
  void refusesBrokenJson() throws IOException {
    write("unet/config.json", "{");
    refused("unet/config.json cannot be read: no JSON: ");
  }

  @Test
  void hashKnowsContentsAndNamesOfPartsOnly() throws IOException {
    String before = FolderHash.sha256(root);
    write("README.md", "read me");
    assertThat(FolderHash.sha256(root)).isEqualTo(before).hasSize(64);
    write("unet/model.onnx", "x");
    assertThat(FolderHash.sha256(root)).isNotEqualTo(before);
  }

  private void refused(String reason) {
    assertThatThrownBy(() -> ModelFolder.read(root))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining(reason)
        .extracting(e -> ((DiffusionException) e).reason())
        .isEqualTo(DiffusionException.Reason.MODEL);
  }

  private void graph(String part, TinyGraph graph) throws IOException {
    Path file = root.resolve(part).resolve("model.onnx");
    Files.createDirectories(file.getParent());
    Files.write(file, graph.bytes());
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
