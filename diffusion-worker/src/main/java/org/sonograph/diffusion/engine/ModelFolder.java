package org.sonograph.diffusion.engine;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.scheduler.SchedulerConfig;

/**
 * What the configuration files of a model folder say; nothing native.
 *
 * @param root the folder
 * @param pipelineClass the class it was exported from, or "" where it does not say
 * @param latent how pictures and latents correspond
 * @param sizeStepPixels widths and heights must be multiples of this: an exported U-Net halves its
 *     latents once for each level but the first
 * @param unet the U-Net's settings
 * @param encoder the text encoder's settings
 * @param scheduler the folder's own sampler
 */
record ModelFolder(
    Path root,
    String pipelineClass,
    LatentScale latent,
    int sizeStepPixels,
    UnetSettings unet,
    EncoderSettings encoder,
    SchedulerConfig scheduler) {

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

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final List<String> PARTS =
      List.of("text_encoder", "unet", "vae_encoder", "vae_decoder");

  /** Reads a folder and refuses it where it is not what this engine runs. */
  static ModelFolder read(Path root) {
    refuse(root);
    JsonNode index = json(root.resolve("model_index.json"));
    JsonNode unet = required(root.resolve("unet/config.json"));
    LatentScale latent = latent(root);
    int levels = Math.max(1, unet.path("block_out_channels").size());
    int inChannels = unet.path("in_channels").asInt(latent.channels());
    if (inChannels != latent.channels()) {
      throw unsupported(
          root,
          "a U-Net of %d input channels".formatted(inChannels),
          "%d, the autoencoder's (an inpainting model?)".formatted(latent.channels()));
    }
    return new ModelFolder(
        root,
        index.path("_class_name").asText(""),
        latent,
        latent.pixelsPerCell() << (levels - 1),
        new UnetSettings(inChannels, unet.path("time_cond_proj_dim").asInt(0)),
        encoder(json(root.resolve("text_encoder/config.json"))),
        scheduler(required(root.resolve("scheduler/scheduler_config.json"))));
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
    for (String part : PARTS) {
      if (!Files.isRegularFile(root.resolve(part).resolve("model.onnx"))) {
        throw unsupported(
            root,
            "no %s/model.onnx".formatted(part),
            "the layout that optimum-cli export onnx --task image-to-image writes: %s, tokenizer and scheduler"
                .formatted(String.join(", ", PARTS)));
      }
    }
  }

  private static LatentScale latent(Path root) {
    JsonNode vae = json(root.resolve("vae_encoder/config.json"));
    if (vae.isMissingNode()) {
      vae = required(root.resolve("vae_decoder/config.json"));
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
        vae.path("scaling_factor").asDouble(tiny ? 1 : 0.18215),
        tiny ? 0 : vae.path("shift_factor").asDouble(0));
  }

  private static EncoderSettings encoder(JsonNode config) {
    String type = config.path("model_type").asText("clip_text_model");
    int positions = config.path("max_position_embeddings").asInt(77);
    return new EncoderSettings(positions, type.startsWith("clip"));
  }

  private static SchedulerConfig scheduler(JsonNode config) {
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      if (!entry.getKey().startsWith("_")) {
        value(entry.getValue(), entry.getKey(), values);
      }
    }
    // diffusers' Stable Diffusion pipelines put any other stated offset right when they load a
    // folder
    values.computeIfPresent("steps_offset", (key, offset) -> 1);
    return new SchedulerConfig(config.path("_class_name").asText(""), values);
  }

  private static void value(JsonNode node, String key, Map<String, Object> values) {
    switch (node.getNodeType()) {
      case NUMBER -> values.put(key, node.numberValue());
      case BOOLEAN -> values.put(key, node.booleanValue());
      case STRING -> values.put(key, node.textValue());
      case ARRAY ->
          values.put(
              key,
              StreamSupport.stream(node.spliterator(), false)
                  .filter(JsonNode::isNumber)
                  .map(JsonNode::numberValue)
                  .toList());
      default -> {
        // null and nested values mean the default
      }
    }
  }

  private static JsonNode required(Path file) {
    JsonNode node = json(file);
    if (node.isMissingNode()) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL, "%s is missing".formatted(file));
    }
    return node;
  }

  private static JsonNode json(Path file) {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static DiffusionException unsupported(Path root, String found, String expected) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL,
        "model %s: found %s, expected %s".formatted(root, found, expected));
  }
}
