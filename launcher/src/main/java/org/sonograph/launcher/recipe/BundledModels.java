package org.sonograph.launcher.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sonograph.launcher.embedded.Installation;

/** The models that come with Sonograph. */
public final class BundledModels {
  /** In order of preference. */
  private static final List<String> NAMES = List.of("sketch", "sketch-turbo", "tiny-sd");

  private BundledModels() {}

  /** Folder in which models are looked up by name. */
  public static Path folder() {
    return Installation.home().resolve("models");
  }

  /**
   * Where a bundled model of that name lies, or would lie; {@code name@release} is its name too.
   */
  public static Path folder(String model) {
    int release = model.lastIndexOf('@');
    return folder().resolve(release > 0 ? model.substring(0, release) : model);
  }

  /** Those that are there, in order of preference. */
  public static List<String> names() {
    return NAMES.stream()
        .filter(name -> Files.isRegularFile(folder().resolve(name).resolve("model_index.json")))
        .toList();
  }

  /** The model that is used where none is named. */
  public static String first() {
    return names().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no model is bundled in "
                        + folder()
                        + ": name one with --model, or use --model passthrough"));
  }
}
