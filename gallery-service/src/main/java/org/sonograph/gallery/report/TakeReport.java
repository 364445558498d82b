package org.sonograph.gallery.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.sonograph.runtime.ffmpeg.EncodedFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.files.WholeFile;
import org.sonograph.signal.compare.Survival;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.Readings;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.spectrogram.FrequencyAxis;

/** Makes the mix and the page of a finished take, from the files in its folder. */
public final class TakeReport {
  /** Name of the page in a take's folder. */
  public static final String PAGE = "report.html";

  private static final int ART_HEIGHT = 384;
  private static final int ART_WIDTH = 2048;
  private static final double ART_MARKS_APART = 0.13;

  private final FFmpeg ffmpeg;
  private final TrackFile track;
  private final SequencedMap<String, Path> files = new LinkedHashMap<>();

  private TakeReport(FFmpeg ffmpeg, TrackFile track) {
    this.ffmpeg = ffmpeg;
    this.track = track;
  }

  /** Of a take whose sounds are there. */
  public static TakeReport of(FFmpeg ffmpeg, TrackFile track) {
    TakeReport report = new TakeReport(ffmpeg, track);
    for (TrackFile.Heard heard : track.readings()) {
      if (!heard.file().isEmpty()) {
        report.files.put(heard.name(), track.folder().resolve(heard.file()));
      }
    }
    return report;
  }

  /** Writes the mix beside the readings, as WAV of 16 bits; the page shows it too. */
  public Path write(Mix mix) throws IOException {
    if (!files.keySet().containsAll(mix.weights().keySet())) {
      throw new IOException(
          "%s has %s, expected %s: the rest is silence"
              .formatted(track.folder(), files.keySet(), mix.weights().keySet()));
    }
    Map<String, Sound> parts = new LinkedHashMap<>();
    for (String name : mix.weights().keySet()) {
      parts.put(name, sound(files.get(name)));
    }
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("ISFT", "Sonograph");
    tags.put("ICMT", "mix " + mix.weights());
    Path file = track.folder().resolve(Mix.NAME + ".wav");
    WholeFile.write(file, WavCodec.encode(mix.of(parts), SampleFormat.S16, tags));
    files.put(Mix.NAME, file);
    return file;
  }

  /**
   * Writes the page.
   *
   * @param source the sound that the take was made from
   * @param marks what stands beside frequency axes
   */
  public Path write(Path source, FrequencyMarks marks) throws IOException {
    Sound original = ffmpeg.sound(source);
    double axis = seconds(original);
    for (TrackFile.Heard heard : track.readings()) {
      axis = Math.max(axis, heard.seconds());
    }
    Picture art = TakeArt.within(track.folder(), ART_HEIGHT, ART_WIDTH);
    List<ReportPage.Heard> readings = new ArrayList<>();
    for (Map.Entry<String, Path> heard : files.entrySet()) {
      Sound sound = sound(heard.getValue());
      readings.add(
          new ReportPage.Heard(
              stave(heard.getKey(), sentence(heard.getKey()), sound, axis),
              Survival.of(original, sound)));
    }
    List<String> names = files.keySet().stream().filter(n -> !n.equals(Mix.NAME)).toList();
    ReportPage.Content content =
        new ReportPage.Content(
            WallLabel.of(track, names, year(source)),
            lead(seconds(original)),
            Accent.of(art),
            axis,
            stave("the source", "As it was before anything happened.", original, axis),
            art(art, seconds(original) / axis, marks),
            readings,
            marks);
    Path file = track.folder().resolve(PAGE);
    WholeFile.write(file, ReportPage.html(content).getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** A sound of the take; a WAV of ours needs no other process to be read. */
  private Sound sound(Path file) throws IOException {
    return file.getFileName().toString().endsWith(".wav")
        ? WavCodec.decode(Files.readAllBytes(file))
        : ffmpeg.sound(file);
  }

  private ReportPage.Stave stave(String name, String sentence, Sound sound, double axis)
      throws IOException {
    return new ReportPage.Stave(
        name,
        sentence,
        "data:audio/mpeg;base64," + Base64.getEncoder().encodeToString(mp3(sound)),
        Staves.waveform(sound),
        sound.peak(),
        Staves.png(Staves.spectrogram(sound)),
        Math.min(1, seconds(sound) / axis));
  }

  private ReportPage.Art art(Picture art, double share, FrequencyMarks marks) {
    return new ReportPage.Art(
        Staves.png(art),
        WallLabel.painted(track) + " the source's spectrogram.",
        Math.min(1, share),
        artAxis().map(axis -> marks.of(axis, ART_MARKS_APART)).orElse(List.of()));
  }

  /** The axis of pictures that have their low notes at the bottom. */
  private Optional<FrequencyAxis> artAxis() {
    JsonNode settings = track.interpretation().path("spectrogram");
    if (!track.interpretation().path("profile").asText().equals("tape")) {
      return Optional.empty();
    }
    return Optional.of(
        new FrequencyAxis(
            FrequencyAxis.Scale.of(settings.path("axis").asText()),
            settings.path("lowHz").asDouble(),
            settings.path("highHz").asDouble(),
            settings.path("height").asInt()));
  }

  private String lead(double seconds) {
    return WallLabel.lead(track, seconds)
        + ". Click anywhere to hear from there; space plays and stops, the arrow keys move by a"
        + " second.";
  }

  private static String sentence(String name) {
    if (name.equals(Mix.NAME)) {
      return "Several readings at once.";
    }
    String summary = new Readings().named(name).summary();
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  /** The source's year, as far as its tags say it. */
  private String year(Path source) throws IOException {
    Map<String, String> tags = ffmpeg.probe(source).tags();
    String date = tags.getOrDefault("date", tags.getOrDefault("year", ""));
    return date.matches("\\d{4}.*") ? date.substring(0, 4) : "";
  }

  private byte[] mp3(Sound sound) throws IOException {
    Path wav = Files.createTempFile("sonograph-report", ".wav");
    Path mp3 = wav.resolveSibling(wav.getFileName() + ".mp3");
    try {
      Files.write(wav, WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
      ffmpeg.encode(wav, mp3, EncodedFormat.MP3_CONSTANT, new LinkedHashMap<>());
      return Files.readAllBytes(mp3);
    } finally {
      Files.deleteIfExists(wav);
      Files.deleteIfExists(mp3);
    }
  }

  private static double seconds(Sound sound) {
    return (double) sound.length() / sound.sampleRateHz();
  }
}
