package org.sonograph.gallery.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a take's {@code track.json} says.
 *
 * @param folder the take's folder
 * @param take id of the take
 * @param state collecting, complete, failed or abandoned
 * @param source what it was made from
 * @param interpretation as JSON
 * @param totalChunks number of pictures, 0 while it is not known
 * @param arts pictures painted so far
 * @param sourceSeconds length of the source, 0 while it is not known
 * @param readings the sounds so far
 * @param failures what failed, a line each
 * @param notes what else a user should know
 * @param files files of the take, the one to open first in front
 */
public record TrackFile(
    Path folder,
    String take,
    String state,
    Origin source,
    JsonNode interpretation,
    long totalChunks,
    long arts,
    double sourceSeconds,
    List<Heard> readings,
    List<String> failures,
    List<String> notes,
    List<String> files) {
  /** Name of the file. */
  public static final String NAME = "track.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLLECTING = "collecting";
  private static final String COMPLETE = "complete";

  /**
   * What a take was made from.
   *
   * @param id id of the source
   * @param name its file's name
   * @param title its title tag, or ""
   * @param artist its author tag, or ""
   * @param licence its licence tag, or ""
   * @param permission who allows works to be derived where the licence does not, or ""
   * @param archiveId what the archive that holds it calls it, or ""
   */
  public record Origin(
      String id,
      String name,
      String title,
      String artist,
      String licence,
      String permission,
      String archiveId) {
    /** Of a source that says nothing about itself. */
    public static Origin named(String id, String name) {
      return new Origin(id, name, "", "", "", "", "");
    }

    private static Origin of(JsonNode source) {
      return new Origin(
          source.path("id").asText(),
          source.path("name").asText(),
          source.path("title").asText(),
          source.path("artist").asText(),
          source.path("licence").asText(),
          source.path("permission").asText(),
          source.path("archiveId").asText());
    }

    /** What to call it: its title, or its file's name. */
    public String shown() {
      return title.isEmpty() ? name : title;
    }
  }

  /**
   * One sound.
   *
   * @param name name of the reading
   * @param file its file's name, empty while there is none
   * @param chunks chunks received
   * @param seconds its length so far
   */
  public record Heard(String name, String file, long chunks, double seconds) {}

  /** The file in a take's folder; empty when there is none that can be read now. */
  public static Optional<TrackFile> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(folder, JSON.readTree(Files.readAllBytes(file))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What the parsed file of a folder says. */
  public static TrackFile of(Path folder, JsonNode root) {
    JsonNode track = root.path("track");
    int rate = track.path("sampleRateHz").asInt();
    List<Heard> readings = new ArrayList<>();
    root.path("readings").properties().forEach(e -> readings.add(heard(e.getKey(), e.getValue())));
    List<String> failures = new ArrayList<>();
    root.path("failures").forEach(f -> failures.add(failure(f)));
    return new TrackFile(
        folder,
        root.path("take").asText(),
        root.path("state").asText(),
        Origin.of(root.path("source")),
        root.path("interpretation"),
        root.path("chunks").path("total").asLong(),
        count(root.path("chunks").path("arts").asText()),
        rate == 0 ? 0 : track.path("endSample").asLong() / (double) rate,
        readings,
        failures,
        texts(root.path("notes")),
        texts(root.path("files")));
  }

  public String sourceId() {
    return source.id();
  }

  public String sourceName() {
    return source.name();
  }

  public boolean isClosed() {
    return !state.isEmpty() && !state.equals(COLLECTING);
  }

  public boolean isComplete() {
    return state.equals(COMPLETE);
  }

  /** True if the take is closed, and some of it is silence. */
  public boolean isFailed() {
    return isClosed() && !isComplete();
  }

  /** Chunks of which every reading has been received. */
  public long chunksHeard() {
    return readings.stream().mapToLong(Heard::chunks).min().orElse(0);
  }

  private static Heard heard(String name, JsonNode node) {
    int rate = node.path("sampleRateHz").asInt();
    return new Heard(
        name,
        node.path("file").asText(),
        count(node.path("received").asText()),
        rate == 0 ? 0 : node.path("samples").asLong() / (double) rate);
  }

  private static String failure(JsonNode f) {
    return "%.1f s at %.1f s: %s (%s)"
        .formatted(
            f.path("seconds").asDouble(),
            f.path("startSeconds").asDouble(),
            f.path("reason").asText(),
            f.path("stage").asText());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  /** Size of a set of numbers written as ranges: {@code 0-4,6}. */
  static long count(String ranges) {
    long count = 0;
    for (String range : ranges.split(",")) {
      String text = range.strip();
      int dash = text.indexOf('-');
      if (dash > 0) {
        count +=
            Long.parseLong(text.substring(dash + 1)) - Long.parseLong(text.substring(0, dash)) + 1;
      } else if (!text.isEmpty()) {
        count++;
      }
    }
    return count;
  }
}
