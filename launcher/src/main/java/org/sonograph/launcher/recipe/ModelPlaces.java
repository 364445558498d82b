package org.sonograph.launcher.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.diffusion.hub.Catalogue;
import org.sonograph.diffusion.hub.HubCache;
import org.sonograph.diffusion.hub.HubName;
import org.sonograph.diffusion.hub.HubSettings;
import org.sonograph.launcher.embedded.UserData;

/**
 * Where models lie that can be named: those that come with Sonograph, those that the user added,
 * and those in the hub's cache.
 */
public final class ModelPlaces {
  private static final String CATALOGUE = "catalogue.json";

  private ModelPlaces() {}

  /** Folder with a link to each model that the user added. */
  public static Path added() {
    return UserData.folder().resolve("models");
  }

  /** Models worth naming. */
  public static Catalogue catalogue() {
    return Catalogue.read(BundledModels.folder().resolve(CATALOGUE));
  }

  /** The cache that Hugging Face's tools share. */
  public static HubCache cache() {
    return new HubCache(HubSettings.ofProcess().cache());
  }

  /**
   * What a model is called towards a worker: a name from the catalogue becomes its repository, a
   * model that was added its folder; all else stays as it is.
   */
  public static String resolved(String named) {
    if (Files.isDirectory(Path.of(named))
        || Files.isDirectory(BundledModels.folder().resolve(named))) {
      return named;
    }
    Optional<Path> own = addedModel(named);
    if (own.isPresent()) {
      return own.get().toString();
    }
    Catalogue catalogue = catalogue();
    return catalogue.find(named).isEmpty()
        ? named
        : catalogue.source(named).map(HubName::toString).orElse(named);
  }

  /** The folder of a model, if it is here. */
  public static Optional<Path> folder(String named) {
    String name = resolved(named);
    return Stream.of(Path.of(name), BundledModels.folder().resolve(name))
        .filter(Files::isDirectory)
        .findFirst()
        .or(() -> HubName.parse(name).flatMap(cache()::model));
  }

  /** The folder of a model that the user added. */
  public static Optional<Path> addedModel(String name) {
    Path link = added().resolve(name).normalize();
    boolean isName = link.startsWith(added()) && !link.equals(added());
    try {
      return isName && Files.isDirectory(link) ? Optional.of(link.toRealPath()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Names of the models that the user added. */
  public static List<String> addedNames() {
    return names(added());
  }

  /** Names of the models that come with Sonograph. */
  public static List<String> bundledNames() {
    return names(BundledModels.folder());
  }

  private static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> Files.isSymbolicLink(entry) || Files.isDirectory(entry.resolve("unet")))
          .map(entry -> entry.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
