package org.sonograph.diffusion.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.Recipe;
import org.sonograph.runtime.provenance.DigitalSource;
import org.sonograph.runtime.provenance.Xmp;
import org.sonograph.signal.spectrogram.Inversion;

/**
 * The text inside a painted PNG: how to make it again, how to hear it, and that a machine made it.
 *
 * <p>It says nothing of when or how fast, so the same picture is the same file.
 */
public final class ArtText {
  /** Keyword of the settings in AUTOMATIC1111's layout, which picture libraries read. */
  public static final String PARAMETERS_KEY = "parameters";

  /** Keyword of the same settings as JSON. */
  public static final String GENERATION_KEY = "sonograph.generation";

  private static final String SOFTWARE_KEY = "Software";
  private static final int SHORT_HASH_CHARS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ArtText() {}

  /**
   * Whose sound it was.
   *
   * @param title title, or ""
   * @param artist author, or ""
   * @param licence licence, or ""
   */
  public record Credit(String title, String artist, String licence) {
    /** Nothing known. */
    public static final Credit NONE = new Credit("", "", "");
  }

  /**
   * The text of a painted picture.
   *
   * @param model what painted
   * @param request what was asked
   * @param made what came of it
   * @param credit whose sound it was
   * @param before text of the PNG that was painted over; what inverts the picture is kept
   */
  public static SequencedMap<String, String> of(
      ModelInfo model,
      DiffusionRequest request,
      DiffusedPicture made,
      Credit credit,
      Map<String, String> before) {
    DigitalSource source = DigitalSource.ofModel(model.id());
    SequencedMap<String, String> text = new LinkedHashMap<>();
    if (source == DigitalSource.TRAINED_MODEL) {
      text.put(PARAMETERS_KEY, parameters(model, request, made));
    }
    if (before.containsKey(Inversion.TEXT_KEY)) {
      text.put(Inversion.TEXT_KEY, before.get(Inversion.TEXT_KEY));
    }
    text.put(GENERATION_KEY, generation(model, request, made));
    text.put(SOFTWARE_KEY, "Sonograph");
    String description =
        source == DigitalSource.TRAINED_MODEL
            ? "Machine-made: painted by " + model.id() + " over the spectrogram of a sound"
            : "The spectrogram of a sound";
    text.put(
        Xmp.PNG_KEYWORD,
        new Xmp(source, credit.title(), credit.artist(), credit.licence(), description).packet());
    return text;
  }

  /** The same text, which also names the preset that settings came from; "" for none. */
  public static SequencedMap<String, String> named(
      SequencedMap<String, String> text, String preset) {
    if (preset.isEmpty()) {
      return text;
    }
    try {
      ObjectNode recipe = (ObjectNode) JSON.readTree(text.get(GENERATION_KEY));
      text.put(GENERATION_KEY, JSON.writeValueAsString(recipe.put("preset", preset)));
      return text;
    } catch (JsonProcessingException e) {
      throw new AssertionError("what was written can be read", e);
    }
  }

  private static String parameters(
      ModelInfo model, DiffusionRequest request, DiffusedPicture made) {
    StringBuilder text = new StringBuilder(request.prompt()).append('\n');
    if (!request.negativePrompt().isEmpty()) {
      text.append("Negative prompt: ").append(request.negativePrompt()).append('\n');
    }
    text.append("Steps: ").append(request.steps());
    text.append(", Sampler: ").append(sampler(made.scheduler()));
    text.append(", CFG scale: ").append(plain(request.guidance()));
    text.append(", Seed: ").append(request.noise().seed());
    text.append(", Size: ")
        .append(made.picture().width())
        .append('x')
        .append(made.picture().height());
    if (!model.sha256().isEmpty()) {
      text.append(", Model hash: ").append(shortHash(model.sha256()));
    }
    text.append(", Model: ").append(model.id());
    text.append(", Denoising strength: ").append(plain(request.strength()));
    return text.append(", Version: Sonograph").toString();
  }

  private static String generation(
      ModelInfo model, DiffusionRequest request, DiffusedPicture made) {
    ObjectNode json = JSON.createObjectNode();
    json.put("modelId", model.id());
    json.put("modelHash", model.sha256());
    json.put("prompt", request.prompt());
    json.put("negativePrompt", request.negativePrompt());
    json.put("seed", request.noise().seed());
    switch (request.noise()) {
      case NoisePlan.Torch torch -> json.put("noise", "torch");
      case NoisePlan.Strip strip ->
          json.put("noise", "strip").put("firstColumn", strip.firstColumn());
    }
    json.put("scheduler", made.scheduler());
    json.put("steps", request.steps());
    json.put("strength", request.strength());
    json.put("guidance", request.guidance());
    json.put("inputWidth", made.inputWidth());
    json.put("inputHeight", made.inputHeight());
    Recipe.describe(request, json);
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can be written", e);
    }
  }

  /** The name AUTOMATIC1111 knows a sampler by. */
  private static String sampler(String scheduler) {
    return switch (scheduler) {
      case "pndm" -> "PLMS";
      case "ddim" -> "DDIM";
      case "euler", "euler-trailing" -> "Euler";
      case "euler-a" -> "Euler a";
      case "dpmpp-2m" -> "DPM++ 2M";
      case "dpmpp-2m-karras" -> "DPM++ 2M Karras";
      case "dpmpp-2m-sde" -> "DPM++ 2M SDE";
      case "lcm" -> "LCM";
      case "unipc" -> "UniPC";
      default -> scheduler;
    };
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String shortHash(String sha256) {
    return sha256.substring(0, Math.min(SHORT_HASH_CHARS, sha256.length()));
  }
}
