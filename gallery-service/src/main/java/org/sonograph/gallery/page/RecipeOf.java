package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns the interpretation of a take back into the options that it was asked for with. */
final class RecipeOf {
  /** Name of the option by the name of its field. */
  private static final Map<String, String> DIFFUSION = new LinkedHashMap<>();

  private static final Set<String> OWN_NUMBERS = Set.of("notebook");

  static {
    DIFFUSION.put("model", "model");
    DIFFUSION.put("prompt", "prompt");
    DIFFUSION.put("negativePrompt", "negative");
    DIFFUSION.put("strength", "strength");
    DIFFUSION.put("guidance", "guidance");
    DIFFUSION.put("steps", "steps");
    DIFFUSION.put("scheduler", "scheduler");
    DIFFUSION.put("seed", "seed");
    DIFFUSION.put("noise", "noise");
  }

  private RecipeOf() {}

  /** Options of {@code POST /takes} by name; a list where an option can be given several times. */
  static Map<String, Object> track(JsonNode track) {
    JsonNode asked = track.path("interpretation");
    Map<String, Object> recipe = new LinkedHashMap<>();
    String profile = asked.path("profile").asText();
    recipe.put("profile", profile);
    DIFFUSION.forEach(
        (field, option) -> {
          String value = asked.path("diffusion").path(field).asText();
          if (!value.isEmpty()) {
            recipe.put(option, value);
          }
        });
    List<String> readings = new ArrayList<>();
    asked.path("readings").forEach(reading -> readings.add(text(reading)));
    recipe.put("reading", readings);
    if (!OWN_NUMBERS.contains(profile)) {
      recipe.put("dynamics", asked.path("output").path("dynamics").asText());
    }
    String format = track.path("track").path("format").asText();
    if (!format.isEmpty()) {
      recipe.put("format", format);
    }
    return recipe;
  }

  private static String text(JsonNode reading) {
    List<String> parameters = new ArrayList<>();
    reading
        .path("parameters")
        .properties()
        .forEach(p -> parameters.add(p.getKey() + "=" + p.getValue().asText()));
    String name = reading.path("name").asText();
    return parameters.isEmpty() ? name : name + ":" + String.join(",", parameters);
  }
}
