package org.sonograph.gallery.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.Page;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.runtime.files.FolderTree;

/** Writes the pages of takes, one after the other: each names its neighbours. */
final class TakeWriter {
  /** Sound files that browsers play; others are named, and can be taken home. */
  private static final Set<String> PLAYED =
      Set.of("wav", "flac", "mp3", "ogg", "opus", "m4a", "aac");

  private static final String RECIPE = "take.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path to;
  private final Site.Options options;
  private final Set<String> written = new HashSet<>();
  private Optional<TakeEntry> waiting = Optional.empty();
  private String before = "";

  TakeWriter(Path to, Site.Options options) {
    this.to = to;
    this.options = options;
  }

  /** Takes the next one; the page of the one before is written now that this one is known. */
  List<Object> add(TakeEntry entry) throws IOException {
    flush(entry.place());
    waiting = Optional.of(entry);
    written.add(entry.place());
    Path page = Files.createDirectories(to.resolve(entry.place()));
    boolean hasArt = Thumbnail.write(entry.track().folder(), page.resolve("art.jpg")).isPresent();
    String first = "";
    for (TrackFile.Heard heard : entry.heard()) {
      if (first.isEmpty()) {
        first = link(entry, page, heard);
      }
    }
    TrackFile.Origin source = entry.track().source();
    return List.of(
        source.shown(), source.artist(), entry.caption(), entry.place(), hasArt ? 1 : 0, first);
  }

  /** The last one has none after it. */
  void end() throws IOException {
    flush("");
  }

  /** Takes away pages of takes that are no longer in the archive. */
  void removeOthers() throws IOException {
    Path takes = to.resolve("takes");
    if (Files.notExists(takes)) {
      return;
    }
    List<Path> old;
    try (Stream<Path> pages = Files.walk(takes, 2)) {
      old =
          pages
              .filter(p -> takes.relativize(p).getNameCount() == 2)
              .filter(p -> !written.contains(Keeping.url(to.relativize(p)) + "/"))
              .toList();
    }
    for (Path page : old) {
      FolderTree.remove(page);
    }
  }

  private void flush(String after) throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    TakeEntry entry = waiting.get();
    Path page = to.resolve(entry.place());
    String afterUrl = after.isEmpty() ? "" : after + "index.html";
    byte[] html = page(entry, page, afterUrl).html().getBytes(StandardCharsets.UTF_8);
    Files.write(page.resolve("index.html"), html);
    before = entry.place() + "index.html";
  }

  private TakePage page(TakeEntry entry, Path page, String after) throws IOException {
    TrackFile track = entry.track();
    Strip strip = Strip.of(track.folder());
    List<String> sheets = new ArrayList<>();
    for (Path sheet : strip.sheets()) {
      sheets.add(options.keeping().link(sheet, page, sheet.getFileName().toString()));
    }
    List<String> names = new ArrayList<>();
    List<TakePage.Sound> sounds = new ArrayList<>();
    Optional<TakePage.Sound> source = source(entry, page);
    source.ifPresent(sounds::add);
    for (TrackFile.Heard heard : track.readings()) {
      names.add(heard.name());
    }
    for (TrackFile.Heard heard : entry.heard()) {
      sounds.add(
          new TakePage.Sound(
              heard.name(), TakeEntry.sentence(heard.name()), link(entry, page, heard)));
    }
    return new TakePage(
        options.title(),
        WallLabel.of(track, names, ""),
        WallLabel.lead(track, entry.seconds()) + ".",
        Thumbnail.write(track.folder(), page.resolve("art.jpg")).orElse(Accent.INK),
        entry.seconds(),
        new TakePage.Art(sheets, strip.ratio()),
        sounds.stream().filter(s -> isPlayed(s.url())).toList(),
        facts(entry, page, source),
        before,
        after);
  }

  private String link(TakeEntry entry, Path page, TrackFile.Heard heard) throws IOException {
    Path file = entry.track().folder().resolve(heard.file());
    return options.keeping().link(file, page, file.getFileName().toString());
  }

  /** The source where it is kept: the file that its path names is still there. */
  private Optional<TakePage.Sound> source(TakeEntry entry, Path page) throws IOException {
    if (!options.sources() || entry.path().isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(entry.path());
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String name = "source." + ending(entry.path());
    return Optional.of(
        new TakePage.Sound(
            "the source",
            "As it was before anything happened.",
            options.keeping().link(file, page, name)));
  }

  private List<String> facts(TakeEntry entry, Path page, Optional<TakePage.Sound> source)
      throws IOException {
    TrackFile track = entry.track();
    List<String> facts = new ArrayList<>();
    if (!track.isComplete()) {
      facts.add("This take is " + Page.text(track.state()) + ": part of it is silence.");
    }
    track.failures().forEach(failure -> facts.add(Page.text(failure)));
    track.notes().forEach(note -> facts.add(Page.text(note)));
    facts.add("take " + Page.text(track.take()));
    facts.add("source " + Page.text(track.source().name()));
    facts.add("source's id " + Page.text(track.source().id()));
    String recipe = recipe(track.folder().resolve(TrackFile.NAME), page);
    facts.add(anchor(recipe, "track.json") + " is all it takes to make it again");
    source.filter(s -> !isPlayed(s.url())).ifPresent(s -> facts.add(anchor(s.url(), "the source")));
    return facts;
  }

  /** A copy, which may go anywhere, does not tell where the source lay. */
  private String recipe(Path file, Path page) throws IOException {
    if (options.keeping() == Keeping.REFER) {
      return options.keeping().link(file, page, RECIPE);
    }
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    if (root.path("source") instanceof ObjectNode source) {
      source.remove("path");
    }
    Files.write(page.resolve(RECIPE), JSON.writeValueAsBytes(root));
    return RECIPE;
  }

  private static String anchor(String url, String text) {
    return "<a href=\"" + url + "\">" + text + "</a>";
  }

  private static boolean isPlayed(String url) {
    return PLAYED.contains(ending(url));
  }

  private static String ending(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    return ending.matches("[a-z0-9]{1,5}") ? ending : "bin";
  }
}
