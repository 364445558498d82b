package org.sonograph.diffusion.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models worth naming, as {@code models/catalogue.json} lists them.
 *
 * @param models in the order of the file
 */
public record Catalogue(List<Entry> models) {

  /**
   * A model.
   *
   * @param name short name
   * @param source where it is on the hub; empty where it comes with Sonograph
   * @param aliases other names, such as ids that were withdrawn
   * @param licence short name of its licence
   * @param licenceUrl where the licence stands, or ""
   * @param diskMb size on the disk in megabytes, about
   * @param memoryMb memory that painting takes in megabytes, about
   * @param about one line
   */
  public record Entry(
      String name,
      Optional<HubName> source,
      List<String> aliases,
      String licence,
      String licenceUrl,
      long diskMb,
      long memoryMb,
      String about) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the file; a missing one lists nothing. */
  public static Catalogue read(Path file) {
    if (!Files.isRegularFile(file)) {
      return new Catalogue(List.of());
    }
    try {
      List<Entry> entries = new ArrayList<>();
      for (JsonNode model : JSON.readTree(file.toFile()).path("models")) {
        List<String> aliases = new ArrayList<>();
        model.path("aliases").forEach(alias -> aliases.add(alias.asText()));
        entries.add(
            new Entry(
                model.path("name").asText(),
                HubName.parse(model.path("source").asText("")),
                List.copyOf(aliases),
                model.path("licence").asText(),
                model.path("licenceUrl").asText(""),
                model.path("diskMb").asLong(),
                model.path("memoryMb").asLong(),
                model.path("about").asText()));
      }
      return new Catalogue(List.copyOf(entries));
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.DAMAGED, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The entry of a name, an alias or a repository. */
  public Optional<Entry> find(String name) {
    String bare = name.replaceFirst("@.*$", "");
    return models.stream()
        .filter(
            entry ->
                entry.name().equals(bare)
                    || entry.aliases().contains(bare)
                    || entry.source().map(HubName::repository).filter(bare::equals).isPresent())
        .findFirst();
  }

  /** The repository that a name stands for: an entry's, with the revision that was asked for. */
  public Optional<HubName> source(String name) {
    Optional<Entry> entry = find(name);
    if (entry.isPresent() && entry.get().source().isPresent()) {
      HubName known = entry.get().source().get();
      int at = name.indexOf('@');
      return at < 0 ? Optional.of(known) : HubName.parse(known.repository() + name.substring(at));
    }
    return entry.isPresent() ? Optional.empty() : HubName.parse(name);
  }
}
