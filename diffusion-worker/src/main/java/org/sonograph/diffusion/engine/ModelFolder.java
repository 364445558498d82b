package org.sonograph.diffusion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.scheduler.SchedulerConfig;

/**
 * What a model folder says of itself: its configuration files, and its graphs where those are
 * missing; nothing native.
 *
 * @param root the folder
 * @param pipelineClass the class it was exported from, or "" where it does not say
 * @param latent how pictures and latents correspond
 * @param sizeStepPixels widths and heights must be multiples of this: an exported U-Net halves its
 *     latents once for each level but the first
 * @param unet the U-Net's settings
 * @param encoder the text encoder's settings
 * @param scheduler the folder's own sampler
 * @param remarks what was taken for granted where the folder is silent, for people
 */
record ModelFolder(
    Path root,
    String pipelineClass,
    LatentScale latent,
    int sizeStepPixels,
    UnetSettings unet,
    EncoderSettings encoder,
    SchedulerConfig scheduler,
    List<String> remarks) {

  /**
   * How pictures and latents correspond.
   *
   * @param pixelsPerCell pixels along one side of a latent cell
   * @param channels numbers in a cell
   * @param factor latents the U-Net sees are {@code factor (encoded - shift)}
   */
  record LatentScale(int pixelsPerCell, int channels, double factor, double shift) {}

  /**
   * The U-Net's settings.
   *
   * @param guidanceWidth length of the guidance embedding of a distilled model that takes guidance
   *     as an input; 0 for the others
   */
  record UnetSettings(int inChannels, int guidanceWidth) {}

  /**
   * The text encoder's settings.
   *
   * @param maxTokens positions the encoder has
   * @param clip whether it is CLIP's text model, which is trained on prompts filled up to its
   *     length
   */
  record EncoderSettings(int maxTokens, boolean clip) {}

  private static final double KL_FACTOR = 0.18215;
  private static final int CLIP_TOKENS = 77;

  /** Reads a folder and refuses it where it is not what this engine runs. */
  static ModelFolder read(Path root) {
    refuse(root);
    FolderGraphs graphs = FolderGraphs.read(root);
    List<String> remarks = new ArrayList<>();
    LatentScale latent = latent(root, graphs, remarks);
    JsonNode unet = FolderJson.read(root.resolve("unet/config.json"));
    int levels = Math.max(1, unet.path("block_out_channels").size());
    if (unet.isMissingNode()) {
      levels = graphs.unetLevels();
      remarks.add(
          "unet/config.json is missing: the graph has %d levels, so sides are multiples of %d px"
              .formatted(levels, latent.pixelsPerCell() << (levels - 1)));
    }
    int inChannels = unet.path("in_channels").asInt(graphs.unetChannels());
    refuseOtherChannels(root, inChannels, latent.channels());
    return new ModelFolder(
        root,
        FolderJson.read(root.resolve("model_index.json")).path("_class_name").asText(""),
        latent,
        latent.pixelsPerCell() << (levels - 1),
        new UnetSettings(inChannels, unet.path("time_cond_proj_dim").asInt(graphs.guidanceWidth())),
        encoder(root, graphs, remarks),
        scheduler(root, graphs, remarks),
        List.copyOf(remarks));
  }

  /** The graph of a part. */
  Path graph(String part) {
    return root.resolve(part).resolve("model.onnx");
  }

  private static void refuse(Path root) {
    if (Files.exists(root.resolve("text_encoder_2"))) {
      throw unsupported(root, "text_encoder_2 (SDXL or later)", "one text encoder");
    }
    if (Files.exists(root.resolve("transformer"))) {
      throw unsupported(root, "transformer (a diffusion transformer)", "a U-Net in unet/");
    }
    if (Files.exists(root.resolve("controlnet"))) {
      throw unsupported(root, "controlnet", "a model without ControlNet");
    }
    for (String part : FolderGraphs.PARTS) {
      if (!FolderGraphs.holds(root, part)) {
        throw unsupported(
            root,
            "no %s/model.onnx%s".formatted(part, instead(root)),
            "the layout that optimum-cli export onnx --task image-to-image writes: %s, tokenizer and scheduler"
                .formatted(String.join(", ", FolderGraphs.PARTS)));
      }
    }
  }

  /** What is there where graphs are not: most often the weights they are exported from. */
  private static String instead(Path root) {
    try (Stream<Path> files = Files.walk(root, 2)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".safetensors") || name.endsWith(".bin"))
          .findFirst()
          .map(" but %s (PyTorch's form, which has to be exported first)"::formatted)
          .orElse("");
    } catch (IOException e) {
      throw unsupported(root, "no readable folder", "a model folder");
    }
  }

  private static void refuseOtherChannels(Path root, int found, int latent) {
    if (found != latent) {
      String kind =
          found == 2 * latent + 1
              ? "an inpainting model"
              : found == 2 * latent ? "a model edited by instructions" : "another kind of model";
      throw unsupported(
          root,
          "a U-Net of %d input channels (%s)".formatted(found, kind),
          "%d, the autoencoder's".formatted(latent));
    }
  }

  private static LatentScale latent(Path root, FolderGraphs graphs, List<String> remarks) {
    JsonNode vae = FolderJson.read(root.resolve("vae_encoder/config.json"));
    if (vae.isMissingNode()) {
      vae = FolderJson.read(root.resolve("vae_decoder/config.json"));
    }
    if (vae.isMissingNode()) {
      return latentOfGraphs(graphs, remarks);
    }
    boolean tiny = vae.path("_class_name").asText().equals("AutoencoderTiny");
    String blocks = tiny ? "encoder_block_out_channels" : "block_out_channels";
    int levels = vae.path(blocks).size();
    if (levels == 0) {
      throw unsupported(root, "vae config.json without " + blocks, "its list of levels");
    }
    return new LatentScale(
        1 << (levels - 1),
        vae.path("latent_channels").asInt(4),
        vae.path("scaling_factor").asDouble(tiny ? 1 : KL_FACTOR),
        tiny ? 0 : vae.path("shift_factor").asDouble(0));
  }

  private static LatentScale latentOfGraphs(FolderGraphs graphs, List<String> remarks) {
    boolean tiny = graphs.isTinyAutoencoder();
    LatentScale scale =
        new LatentScale(graphs.pixelsPerCell(), graphs.latentChannels(), tiny ? 1 : KL_FACTOR, 0);
    remarks.add(
        "vae_encoder/config.json is missing: the graphs have %d channels and %d px to a cell; scaling factor %s is taken for granted, %s"
            .formatted(
                scale.channels(),
                scale.pixelsPerCell(),
                scale.factor(),
                tiny ? "that of tiny autoencoders" : "that of Stable Diffusion 1 and 2"));
    return scale;
  }

  private static EncoderSettings encoder(Path root, FolderGraphs graphs, List<String> remarks) {
    JsonNode config = FolderJson.read(root.resolve("text_encoder/config.json"));
    if (!config.isMissingNode()) {
      String type = config.path("model_type").asText("clip_text_model");
      int positions = config.path("max_position_embeddings").asInt(CLIP_TOKENS);
      return new EncoderSettings(positions, type.startsWith("clip"));
    }
    boolean clip = graphs.text().input("attention_mask").isEmpty();
    int positions = graphs.textPositions().orElse(CLIP_TOKENS);
    remarks.add(
        "text_encoder/config.json is missing: taken for %s of %d tokens"
            .formatted(
                clip ? "CLIP's text model" : "a sentence encoder that reads bare prompts",
                positions));
    return new EncoderSettings(positions, clip);
  }

  private static SchedulerConfig scheduler(Path root, FolderGraphs graphs, List<String> remarks) {
    JsonNode config = FolderJson.read(root.resolve("scheduler/scheduler_config.json"));
    if (!config.isMissingNode()) {
      return SchedulerFile.read(config);
    }
    remarks.add(SchedulerFile.remark(graphs.textHidden()));
    return SchedulerFile.ofFamily(graphs.textHidden());
  }

  static DiffusionException unsupported(Path root, String found, String expected) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL,
        "model %s: found %s, expected %s".formatted(root, found, expected));
  }
}
