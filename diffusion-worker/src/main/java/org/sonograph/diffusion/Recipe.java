package org.sonograph.diffusion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;

/**
 * A request as the text inside its picture tells it, so that the picture can be made again. What
 * the request left at its default is left out.
 *
 * @param modelId what the model was called
 * @param modelHash SHA-256 over its files, or ""
 * @param inputHash SHA-256 over the pixels that were painted over, or ""
 * @param maskHash SHA-256 over the mask's pixels, or ""
 * @param asked the request, with a stand-in of one pixel for its picture and without its mask
 */
public record Recipe(
    String modelId, String modelHash, String inputHash, String maskHash, DiffusionRequest asked) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Picture STAND_IN = Picture.grey(1, 1, new byte[1]);

  /** Adds what a request asks beyond prompts, sampler and seed. */
  public static void describe(DiffusionRequest request, ObjectNode json) {
    RequestOptions options = request.options();
    PromptReading reading = options.reading();
    json.put("inputHash", hash(request.picture()));
    if (reading.syntax() != PromptSyntax.PLAIN) {
      json.put("promptSyntax", reading.syntax().text());
    }
    if (reading.share() > 0) {
      json.put("nextPrompt", reading.next()).put("promptShare", reading.share());
    }
    SamplerTuning tuning = options.tuning();
    if (!tuning.equals(SamplerTuning.NONE)) {
      json.put("eta", tuning.eta());
      json.put("guidanceRescale", tuning.guidanceRescale());
      json.put("spacing", tuning.spacing());
    }
    if (options.edges() == RequestOptions.Edges.JOINED) {
      json.put("loop", true);
    }
    if (options.safety() == RequestOptions.Safety.CHECKED) {
      json.put("safety", true);
    }
    options.mask().ifPresent(mask -> json.put("maskHash", hash(mask)));
  }

  /**
   * Reads the text of a picture.
   *
   * @param json what {@code sonograph.generation} holds
   * @return empty where it is no recipe
   * @throws DiffusionException where its settings are out of their ranges
   */
  public static Optional<Recipe> read(String json) {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    if (!node.path("seed").isNumber() || !node.path("steps").isNumber()) {
      return Optional.empty();
    }
    long seed = node.path("seed").asLong();
    NoisePlan noise =
        node.path("noise").asText().equals("strip")
            ? new NoisePlan.Strip(seed, node.path("firstColumn").asLong())
            : new NoisePlan.Torch(seed);
    DiffusionRequest asked =
        new DiffusionRequest(
            STAND_IN,
            node.path("prompt").asText(""),
            node.path("negativePrompt").asText(""),
            node.path("strength").asDouble(),
            node.path("guidance").asDouble(),
            node.path("steps").asInt(),
            node.path("scheduler").asText(""),
            noise,
            options(node));
    return Optional.of(
        new Recipe(
            node.path("modelId").asText(""),
            node.path("modelHash").asText(""),
            node.path("inputHash").asText(""),
            node.path("maskHash").asText(""),
            asked));
  }

  private static RequestOptions options(JsonNode node) {
    return new RequestOptions(
        new PromptReading(
            PromptSyntax.parse(node.path("promptSyntax").asText("")),
            node.path("nextPrompt").asText(""),
            node.path("promptShare").asDouble(0)),
        new SamplerTuning(
            node.path("eta").asDouble(0),
            node.path("guidanceRescale").asDouble(0),
            node.path("spacing").asText("")),
        Optional.empty(),
        node.path("loop").asBoolean() ? RequestOptions.Edges.JOINED : RequestOptions.Edges.OPEN,
        node.path("safety").asBoolean()
            ? RequestOptions.Safety.CHECKED
            : RequestOptions.Safety.UNCHECKED);
  }

  /** SHA-256 over a picture's sides and its samples as RGB, in hex. */
  public static String hash(Picture picture) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          ByteBuffer.allocate(2 * Integer.BYTES)
              .putInt(picture.width())
              .putInt(picture.height())
              .array());
      digest.update(picture.toRgb().samples());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
