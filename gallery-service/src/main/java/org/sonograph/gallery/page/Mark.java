package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.runtime.files.WholeFile;

/**
 * What the page notes of a take beside it, in the hidden file {@value #FILE} of its folder.
 *
 * @param onPaper accent on the light ground, as CSS has it; "" until the art was looked at
 * @param onNight the same on the dark ground
 * @param colour name of the art's strongest hue, by which it is searched; "" until then
 * @param starred whether somebody starred it
 */
record Mark(String onPaper, String onNight, String colour, boolean starred) {
  static final Mark NONE = new Mark("", "", "", false);
  static final String FILE = ".page.json";

  /** Colours a visitor can search, each up to its hue, degrees. */
  private static final Map<String, Integer> HUES = new LinkedHashMap<>();

  /** Colour of art that has next to none. */
  private static final String GREY = "grey";

  static {
    HUES.put("red", 15);
    HUES.put("orange", 45);
    HUES.put("yellow", 70);
    HUES.put("green", 165);
    HUES.put("teal", 195);
    HUES.put("blue", 255);
    HUES.put("violet", 290);
    HUES.put("pink", 345);
  }

  /** All names a colour can have. */
  static List<String> colours() {
    return java.util.stream.Stream.concat(HUES.keySet().stream(), java.util.stream.Stream.of(GREY))
        .toList();
  }

  /** The note in a folder; nothing where there is none. */
  static Mark read(Path folder) {
    try {
      JsonNode root = Json.MAPPER.readTree(Files.readAllBytes(folder.resolve(FILE)));
      return new Mark(
          root.path("onPaper").asText(),
          root.path("onNight").asText(),
          root.path("colour").asText(),
          root.path("starred").asBoolean());
    } catch (IOException e) {
      return NONE; // there is none, or it is damaged: it is made again
    }
  }

  /** Writes the note. */
  Mark write(Path folder) throws IOException {
    WholeFile.write(folder.resolve(FILE), Json.MAPPER.writeValueAsBytes(this));
    return this;
  }

  boolean isColoured() {
    return !colour.isEmpty();
  }

  Mark star(boolean on) {
    return new Mark(onPaper, onNight, colour, on);
  }

  /** Looks at the art of a finished take. */
  Mark colour(Path folder) throws IOException {
    Optional<Path> art = ArtFile.small(folder);
    return art.isPresent() ? colour(art.get(), this) : of(Accent.INK, starred);
  }

  private static Mark colour(Path file, Mark before) throws IOException {
    try {
      return of(Accent.of(ArtFile.read(file)), before.starred);
    } catch (ArtFile.DamagedException e) {
      return of(Accent.INK, before.starred);
    }
  }

  private static Mark of(Accent accent, boolean starred) {
    return new Mark(css(accent.onPaper()), css(accent.onNight()), name(accent), starred);
  }

  private static String name(Accent accent) {
    Color paint = accent.onPaper();
    float[] hsb = Color.RGBtoHSB(paint.getRed(), paint.getGreen(), paint.getBlue(), null);
    if (hsb[1] < 0.25) {
      return GREY;
    }
    int degrees = Math.round(hsb[0] * 360);
    return HUES.entrySet().stream()
        .filter(hue -> degrees < hue.getValue())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("red");
  }

  private static String css(Color colour) {
    return "#%06X".formatted(colour.getRGB() & 0xFFFFFF);
  }

  /** Both accents, as the interface gives them. */
  Map<String, String> accent() {
    return Map.of("paper", onPaper, "night", onNight);
  }
}
