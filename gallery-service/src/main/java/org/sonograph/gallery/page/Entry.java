package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sonograph.gallery.report.TrackFile;

/**
 * What the archive shows of a take.
 *
 * @param take id
 * @param folder its folder
 * @param state collecting, complete, failed or abandoned
 * @param title title tag of the source, else its file's name
 * @param text name, title, artist, identifier, prompt and folder in lower case, which are searched
 * @param sourceId id of the source
 * @param facts further values to be shown, by name
 * @param madeMs when {@code track.json} was last written, ms since 1970
 * @param mark colour and star
 */
record Entry(
    String take,
    Path folder,
    String state,
    String title,
    String text,
    String sourceId,
    Map<String, Object> facts,
    long madeMs,
    Mark mark) {
  private static final String COLLECTING = "collecting";

  /**
   * Reads a folder.
   *
   * @param out the gallery it lies in
   */
  static Entry read(Path out, Path folder) throws IOException {
    Path file = folder.resolve(TrackFile.NAME);
    JsonNode root = Json.MAPPER.readTree(Files.readAllBytes(file));
    long made = Files.getLastModifiedTime(file).toMillis();
    String place = out.relativize(folder).toString().replace('\\', '/');
    return of(place, folder, root, made, Mark.read(folder));
  }

  private static Entry of(String place, Path folder, JsonNode root, long madeMs, Mark mark) {
    JsonNode source = root.path("source");
    JsonNode diffusion = root.path("interpretation").path("diffusion");
    String name = source.path("name").asText();
    String title = source.path("title").asText();
    String artist = source.path("artist").asText();
    String archiveId = source.path("archiveId").asText();
    String prompt = diffusion.path("prompt").asText();
    List<String> readings = new ArrayList<>();
    root.path("readings").fieldNames().forEachRemaining(readings::add);
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("artist", artist);
    facts.put("archiveId", archiveId);
    facts.put("prompt", prompt);
    facts.put("model", diffusion.path("model").asText());
    facts.put("seed", diffusion.path("seed").asText());
    facts.put("strength", diffusion.path("strength").asDouble());
    facts.put("readings", readings);
    facts.put("seconds", seconds(root));
    facts.put("failures", root.path("failures").size());
    String shown = title.isBlank() ? name : title;
    return new Entry(
        root.path("take").asText(),
        folder,
        root.path("state").asText(COLLECTING),
        shown.isBlank() ? folder.getFileName().toString() : shown,
        String.join("\n", name, title, artist, archiveId, prompt, place).toLowerCase(Locale.ROOT),
        source.path("id").asText(),
        facts,
        madeMs,
        mark);
  }

  /** Length of the track, as far as it is known. */
  static double seconds(JsonNode root) {
    JsonNode track = root.path("track");
    int rate = track.path("sampleRateHz").asInt();
    long end = track.path("endSample").asLong();
    if (end == 0) {
      end = root.path("source").path("samples").asLong();
      rate =
          rate == 0
              ? root.path("interpretation").path("spectrogram").path("sampleRateHz").asInt()
              : rate;
    }
    return rate == 0 ? 0 : end / (double) rate;
  }

  boolean isBeingMade() {
    return state.equals(COLLECTING);
  }

  Entry with(Mark next) {
    return new Entry(take, folder, state, title, text, sourceId, facts, madeMs, next);
  }

  /** When it was last written, as ISO 8601 has it. */
  String made() {
    return Instant.ofEpochMilli(madeMs).toString();
  }

  /** As the list gives it. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("take", take);
    shown.put("state", state);
    shown.put("title", title);
    shown.putAll(facts);
    shown.put("made", made());
    shown.put("accent", mark.accent());
    shown.put("colour", mark.colour());
    shown.put("starred", mark.starred());
    return shown;
  }
}
