package org.sonograph.gallery.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.gallery.report.TrackFile;

/**
 * Where a take stands in the archive; all that is kept of it in memory, some 200 bytes.
 *
 * @param shelf folders of the archive above it, joined by {@link #BETWEEN}
 * @param folder the take's folder, relative to the archive
 */
record Place(String shelf, String folder) {
  /** Sorts before every other character, so that a folder's takes are neighbours. */
  static final String BETWEEN = "\u0001";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The places of all takes below a folder, in the archive's order. Takes in nested folders stand
   * as they lie; those of a flat folder as their sources did.
   */
  static List<Place> all(Path out) throws IOException {
    List<Place> places = new ArrayList<>();
    Map<String, String> shelves = new HashMap<>();
    TakeWalk.visit(
        out,
        folder -> {
          Path relative = out.relativize(folder);
          Path above = relative.getParent();
          List<String> names =
              above == null ? sourceFolders(folder) : names(above.toString().replace('\\', '/'));
          String shelf = String.join(BETWEEN, names);
          places.add(
              new Place(
                  shelves.computeIfAbsent((above == null ? "s" : "o") + shelf, s -> shelf),
                  relative.toString()));
        });
    int common = common(shelves.values());
    if (common > 0) {
      Map<String, String> cut = new HashMap<>();
      places.replaceAll(
          p ->
              new Place(
                  cut.computeIfAbsent(
                      p.shelf,
                      s -> String.join(BETWEEN, split(s).subList(common, split(s).size()))),
                  p.folder));
    }
    places.sort(Comparator.comparing(Place::shelf).thenComparing(Place::folder));
    return places;
  }

  /** The folders above it, the outermost first. */
  List<String> shelves() {
    return split(shelf);
  }

  private static List<String> split(String shelf) {
    return shelf.isEmpty() ? List.of() : List.of(shelf.split(BETWEEN));
  }

  /** How many outer folders all have in common: they say nothing, or where somebody's home is. */
  private static int common(Iterable<String> shelves) {
    List<String> shared = null;
    for (String shelf : shelves) {
      List<String> names = split(shelf);
      if (shared == null) {
        shared = names;
      }
      int same = 0;
      while (same < Math.min(shared.size(), names.size())
          && shared.get(same).equals(names.get(same))) {
        same++;
      }
      shared = shared.subList(0, same);
    }
    return shared == null ? 0 : shared.size();
  }

  private static List<String> sourceFolders(Path take) {
    String path = sourcePath(take).replace('\\', '/');
    int end = path.lastIndexOf('/');
    return end < 0 ? List.of() : names(path.substring(0, end));
  }

  /** Nothing where it cannot be read, which is told when its turn comes. */
  private static String sourcePath(Path take) {
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(take.resolve(TrackFile.NAME)));
      return root.path("source").path("path").asText();
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (!name.isEmpty() && !name.equals(".") && !name.equals("..")) {
        names.add(name.replace(BETWEEN, " "));
      }
    }
    return names;
  }
}
