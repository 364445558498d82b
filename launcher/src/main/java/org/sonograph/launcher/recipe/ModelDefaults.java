package org.sonograph.launcher.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sonograph.ingest.recipe.RecipeDefaults;

/**
 * How a model is best used where the user says nothing: in {@code tape} what {@code _defaults} in
 * its {@code model_index.json} says, else what the profile says. {@code notebook} keeps its own
 * numbers whatever paints.
 *
 * @param strength how far the picture is repainted
 * @param guidance classifier-free guidance scale
 * @param steps inference steps of the full schedule
 */
public record ModelDefaults(double strength, double guidance, int steps) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a bundled model or a folder; a model that says nothing leaves the profile's. */
  public static ModelDefaults of(String model, RecipeDefaults profile) {
    JsonNode own =
        profile.equals(RecipeDefaults.NOTEBOOK)
            ? JSON.createObjectNode()
            : index(model).path("_defaults");
    return new ModelDefaults(
        own.path("strength").asDouble(profile.strength()),
        own.path("guidance").asDouble(profile.guidance()),
        own.path("steps").asInt(profile.steps()));
  }

  private static JsonNode index(String model) {
    for (Path folder : List.of(BundledModels.folder(model), Path.of(model))) {
      Path file = folder.resolve("model_index.json");
      if (Files.isRegularFile(file)) {
        try {
          return JSON.readTree(file.toFile());
        } catch (IOException e) {
          throw new IllegalArgumentException(
              "%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
      }
    }
    return JSON.createObjectNode();
  }
}
