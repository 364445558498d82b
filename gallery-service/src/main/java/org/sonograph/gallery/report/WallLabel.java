package org.sonograph.gallery.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sonograph.runtime.provenance.DigitalSource;

/**
 * What stands beside a work on a wall: what it is, whose sound it was, how it was made.
 *
 * @param title the source's title, or its file's name
 * @param author the source's author and year, or ""
 * @param medium one line such as "Audio, spectrogram, sketch, read by voices, 6.1 s"
 * @param prompt what was to be painted, or ""
 * @param settings strength, guidance, steps, seed
 * @param credit identifier and licence of the source, and that a machine made it
 */
public record WallLabel(
    String title, String author, String medium, String prompt, String settings, String credit) {

  /**
   * The label of a take.
   *
   * @param readings how it is read here
   * @param year of the source, or ""
   */
  public static WallLabel of(TrackFile track, List<String> readings, String year) {
    return of(track.source(), track.interpretation(), readings, year);
  }

  /**
   * The label of whatever is made of a source.
   *
   * @param interpretation as JSON
   * @param readings how it is read here
   * @param year of the source, or ""
   */
  public static WallLabel of(
      TrackFile.Origin source, JsonNode interpretation, List<String> readings, String year) {
    JsonNode diffusion = interpretation.path("diffusion");
    boolean isPainted = isPainted(diffusion);
    String author =
        String.join(
            ", ", List.of(source.artist(), year).stream().filter(s -> !s.isEmpty()).toList());
    String medium = "Audio, spectrogram, ";
    medium += isPainted ? model(diffusion) + ", " : "";
    medium += "read by " + listed(readings) + ".";
    String sound =
        Stream.of(source.archiveId(), source.licence())
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining(", "));
    String credit = sound.isEmpty() ? "" : "Sound: " + sound + ". ";
    credit +=
        source.permission().isEmpty() ? "" : "Derived by permission: " + source.permission() + ". ";
    credit +=
        isPainted
            ? "Made by a machine, with Sonograph."
            : "Made with Sonograph, without a trained model.";
    return new WallLabel(
        source.shown(),
        author,
        medium,
        isPainted ? diffusion.path("prompt").asText() : "",
        isPainted ? settings(diffusion) : "",
        credit);
  }

  /** All lines, the title first, without empty ones. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(title, author, medium));
    lines.add(prompt.isEmpty() ? "" : "“" + prompt + "”");
    lines.add(settings);
    lines.add(credit);
    lines.removeIf(String::isEmpty);
    return lines;
  }

  /** "Painted by sketch from 6.1 s of", or what else became of the sound. */
  static String painted(TrackFile track) {
    JsonNode diffusion = track.interpretation().path("diffusion");
    return isPainted(diffusion) ? "Painted by " + model(diffusion) + " from" : "Drawn from";
  }

  /** ", strength 0.6" where a model painted. */
  static Optional<String> strength(TrackFile track) {
    JsonNode diffusion = track.interpretation().path("diffusion");
    return isPainted(diffusion)
        ? Optional.of(diffusion.path("strength").asText())
        : Optional.empty();
  }

  /** The model that painted a take; empty where none did. */
  public static Optional<String> modelOf(TrackFile track) {
    JsonNode diffusion = track.interpretation().path("diffusion");
    return isPainted(diffusion) ? Optional.of(model(diffusion)) : Optional.empty();
  }

  /**
   * The sentence under a take's title, as HTML: "Painted by sketch from 6.1 s of Rain, strength
   * 0.6".
   */
  public static String lead(TrackFile track, double seconds) {
    return "%s %.1f s of <i>%s</i>"
            .formatted(painted(track), seconds, Page.text(track.source().shown()))
        + strength(track).map(s -> ", strength " + Page.text(s)).orElse("");
  }

  private static boolean isPainted(JsonNode diffusion) {
    return DigitalSource.ofModel(diffusion.path("model").asText()) == DigitalSource.TRAINED_MODEL;
  }

  private static String model(JsonNode diffusion) {
    Path name = Path.of(diffusion.path("model").asText()).getFileName();
    return name == null ? "a model" : name.toString();
  }

  private static String settings(JsonNode diffusion) {
    return "Strength %s, guidance %s, %s steps, seed %s."
        .formatted(
            diffusion.path("strength").asText(),
            diffusion.path("guidance").asText(),
            diffusion.path("steps").asText(),
            diffusion.path("seed").asText());
  }

  /** "a", "a and b", "a, b and c". */
  static String listed(List<String> names) {
    if (names.size() < 2) {
      return String.join("", names);
    }
    return String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }
}
