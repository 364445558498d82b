package org.sonograph.gallery.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.signal.reading.Readings;

/**
 * What a site shows of one take.
 *
 * @param track what its {@code track.json} says
 * @param path path of its source, as it was given
 */
record TakeEntry(TrackFile track, String path) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Readings READINGS = new Readings();

  /** Of a take's folder. */
  static TakeEntry read(Path folder) throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(folder.resolve(TrackFile.NAME)));
    return new TakeEntry(TrackFile.of(folder, root), root.path("source").path("path").asText());
  }

  /** Where its page lies in the site. */
  String place() {
    String id = track.take().replaceAll("[^A-Za-z0-9_-]", "_");
    return "takes/" + (id.length() < 2 ? "_" : id.substring(0, 2)) + "/" + id + "/";
  }

  /** All words by which it is found. */
  TreeSet<String> words(Place place) {
    JsonNode diffusion = track.interpretation().path("diffusion");
    TrackFile.Origin source = track.source();
    List<String> texts = new ArrayList<>(place.shelves());
    texts.addAll(List.of(source.name(), source.title(), source.artist(), source.licence()));
    texts.addAll(List.of(track.take(), source.id(), track.folder().getFileName().toString()));
    texts.add(diffusion.path("prompt").asText());
    texts.add(diffusion.path("model").asText());
    track.readings().forEach(heard -> texts.add(heard.name()));
    return Words.of(String.join("\n", texts));
  }

  /** Sounds that are there. */
  List<TrackFile.Heard> heard() {
    return track.readings().stream()
        .filter(h -> !h.file().isEmpty())
        .filter(h -> Files.isRegularFile(track.folder().resolve(h.file())))
        .toList();
  }

  /** The line under its picture on the contact sheet. */
  String caption() {
    JsonNode diffusion = track.interpretation().path("diffusion");
    List<String> facts = new ArrayList<>();
    facts.add("%.1f s".formatted(seconds()));
    WallLabel.modelOf(track).ifPresent(facts::add);
    facts.add("seed " + diffusion.path("seed").asText());
    if (!track.isComplete()) {
      facts.add(track.state());
    }
    return String.join(" · ", facts);
  }

  double seconds() {
    double longest = track.sourceSeconds();
    for (TrackFile.Heard heard : track.readings()) {
      longest = Math.max(longest, heard.seconds());
    }
    return longest;
  }

  /** What a reading does, as a sentence. */
  static String sentence(String reading) {
    String summary =
        READINGS.all().stream()
            .filter(known -> known.name().equals(reading))
            .map(known -> known.summary())
            .findFirst()
            .orElse("");
    return summary.isEmpty()
        ? ""
        : Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }
}
