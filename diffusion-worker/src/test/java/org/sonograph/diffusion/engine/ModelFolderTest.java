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

class ModelFolderTest {

  @TempDir Path root;

  @BeforeEach
  void layOut() throws IOException {
    for (String part : new String[] {"text_encoder", "unet", "vae_encoder", "vae_decoder"}) {
      write(part + "/model.onnx", "");
    }
    write("unet/config.json", "{\"in_channels\": 8, \"block_out_channels\": [48, 96, 160]}");
    write(
        "vae_encoder/config.json",
        "{\"latent_channels\": 8, \"block_out_channels\": [1, 1, 1, 1], \"scaling_factor\": 0.5, \"shift_factor\": 0.25}");
    write(
        "scheduler/scheduler_config.json",
        "{\"_class_name\": \"DDIMScheduler\", \"steps_offset\": 0, \"trained_betas\": null, \"lambda_min_clipped\": -Infinity}");
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
        "{\"_class_name\": \"AutoencoderTiny\", \"latent_channels\": 8, \"encoder_block_out_channels\": [64, 64, 64, 64]}");
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
  void refusesAMissingConfigByName() throws IOException {
    Files.delete(root.resolve("unet/config.json"));
    refused("config.json is missing");
  }

  @Test
  void refusesAnInpaintingModel() throws IOException {
    write("unet/config.json", "{\"in_channels\": 9, \"block_out_channels\": [1]}");
    refused("found a U-Net of 9 input channels, expected 8");
  }

  @Test
  void refusesBrokenJson() throws IOException {
    write("unet/config.json", "{");
    refused("cannot be read");
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

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
