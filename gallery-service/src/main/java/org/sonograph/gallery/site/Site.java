package org.sonograph.gallery.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.sonograph.gallery.report.Page;
import org.sonograph.gallery.report.Typefaces;

/**
 * Writes an archive as a folder of pages. Of a take only its place is kept in memory; its page, its
 * line in the list and its words are written when its turn comes.
 */
public final class Site {
  private static final String MARK = ".sonograph-site";
  private static final int RECORDS = 128;
  private static final List<String> SCRIPTS = List.of("site.js", "take.js");

  /** A character of each of the ranges that the faces are cut into. */
  private static final String ALL_FACES = "aāαж";

  private final Path out;
  private final Path to;
  private final Options options;

  /**
   * How a site is made.
   *
   * @param title the archive's name
   * @param keeping how it comes by sounds and pictures
   * @param sources whether the sources are given too, where they are still at their path
   */
  public record Options(String title, Keeping keeping, boolean sources) {}

  /**
   * What was written.
   *
   * @param takes pages of takes
   * @param folders of the tree
   * @param words shards of the index of words
   * @param dataBytes size of tree, list and index
   * @param unreadable folders of takes that were left out
   */
  public record Written(
      int takes, int folders, int words, long dataBytes, List<String> unreadable) {}

  /**
   * A site of one archive.
   *
   * @param out the archive
   * @param to the site's folder
   */
  public Site(Path out, Path to, Options options) {
    this.out = out;
    this.to = to;
    this.options = options;
  }

  /** Whether a folder is a site. */
  public static boolean isSite(Path folder) {
    return Files.isRegularFile(folder.resolve(MARK));
  }

  /**
   * Writes it; one that is there is brought up to date.
   *
   * @param progress told of the number of takes done
   * @throws IOException where the folder holds something else, or cannot be written
   */
  public Written write(IntConsumer progress) throws IOException {
    claim();
    DataFiles data = new DataFiles(to);
    Words words = new Words(data);
    Shelves shelves = new Shelves();
    TakeWriter writer = new TakeWriter(to, options);
    List<String> unreadable = new ArrayList<>();
    List<Place> places = Place.all(out);
    List<List<Object>> records = new ArrayList<>();
    double seconds = 0;
    int number = 0;
    for (Place place : places) {
      Optional<TakeEntry> entry = read(place, unreadable);
      if (entry.isEmpty()) {
        continue;
      }
      records.add(writer.add(entry.get()));
      words.add(number, entry.get().words(place));
      shelves.add(number, place.shelves());
      seconds += entry.get().seconds();
      number++;
      if (records.size() == RECORDS) {
        data.write("takes/" + (number - 1) / RECORDS, records);
        records.clear();
      }
      progress.accept(number);
    }
    writer.end();
    if (!records.isEmpty()) {
      data.write("takes/" + (number - 1) / RECORDS, records);
    }
    shelves.write(data);
    List<String> prefixes = words.write();
    summary(data, number, seconds, prefixes);
    assets();
    writer.removeOthers();
    return new Written(number, shelves.count(), prefixes.size(), data.bytes(), unreadable);
  }

  private Optional<TakeEntry> read(Place place, List<String> unreadable) {
    Path folder = out.resolve(place.folder());
    try {
      return Optional.of(TakeEntry.read(folder));
    } catch (IOException e) {
      unreadable.add(folder + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private void claim() throws IOException {
    if (Files.isDirectory(to) && !isSite(to)) {
      try (Stream<Path> children = Files.list(to)) {
        if (children.findAny().isPresent()) {
          throw new IOException(
              to + " holds something else, expected an empty folder or an earlier site");
        }
      }
    }
    Files.createDirectories(to);
    Files.writeString(to.resolve(MARK), "made by ./sonograph site\n");
  }

  private void summary(DataFiles data, int takes, double seconds, List<String> prefixes)
      throws IOException {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("takes", takes);
    summary.put("seconds", Math.round(seconds));
    summary.put("recordsAFile", RECORDS);
    summary.put("foldersAFile", Shelves.SHARD);
    summary.put("mostChars", Words.MOST_CHARS);
    summary.put("prefixes", prefixes);
    data.write("summary", summary);
  }

  private void assets() throws IOException {
    Path assets = Files.createDirectories(to.resolve("assets"));
    text(assets.resolve("fonts.css"), Typefaces.css(ALL_FACES));
    text(assets.resolve("paper.css"), Page.paper());
    text(assets.resolve("site.css"), resource("site.css"));
    for (String script : SCRIPTS) {
      text(assets.resolve(script), resource(script));
    }
    String kept =
        options.keeping == Keeping.REFER
            ? "Sounds and scrolls are those of the archive beside this folder."
            : "This folder holds all it shows.";
    text(
        to.resolve("index.html"),
        resource("index.html")
            .replace("{{title}}", Page.text(options.title))
            .replace("{{kept}}", kept));
  }

  private static String resource(String name) {
    return Page.resource("/org/sonograph/gallery/site/" + name);
  }

  private static void text(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
