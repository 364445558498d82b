package org.sonograph.gallery.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.sonograph.runtime.ffmpeg.EncodedFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.signal.compare.Survival;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.reading.Readings;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** Makes the mix and the page of a finished take, from the files in its folder. */
public final class TakeReport {
  /** Name of the page in a take's folder. */
  public static final String PAGE = "report.html";

  private static final String SCROLL = "scroll-small.png";
  private static final int ART_HEIGHT = 256;

  private final FFmpeg ffmpeg;
  private final TrackFile track;
  private final Map<String, Sound> sounds = new LinkedHashMap<>();

  private TakeReport(FFmpeg ffmpeg, TrackFile track) {
    this.ffmpeg = ffmpeg;
    this.track = track;
  }

  /** Reads a take's sounds. */
  public static TakeReport of(FFmpeg ffmpeg, TrackFile track) throws IOException {
    TakeReport report = new TakeReport(ffmpeg, track);
    for (TrackFile.Heard heard : track.readings()) {
      if (!heard.file().isEmpty()) {
        report.sounds.put(heard.name(), ffmpeg.sound(track.folder().resolve(heard.file())));
      }
    }
    return report;
  }

  /** Writes the mix beside the readings, as WAV of 16 bits. */
  public Path write(Mix mix) throws IOException {
    if (!sounds.keySet().containsAll(mix.weights().keySet())) {
      throw new IOException(
          "%s has %s, expected %s: the rest is silence"
              .formatted(track.folder(), sounds.keySet(), mix.weights().keySet()));
    }
    Sound sound = mix.of(sounds);
    sounds.put(Mix.NAME, sound);
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("ISFT", "Sonograph");
    tags.put("ICMT", "mix " + mix.weights());
    Path file = track.folder().resolve(Mix.NAME + ".wav");
    replace(file, WavCodec.encode(sound, SampleFormat.S16, tags));
    return file;
  }

  /** Writes the page. */
  public Path write(Path source) throws IOException {
    Sound original = ffmpeg.sound(source);
    double seconds = seconds(original);
    for (Sound sound : sounds.values()) {
      seconds = Math.max(seconds, seconds(sound));
    }
    Picture art = art();
    List<ReportPage.Stave> readings = new ArrayList<>();
    for (Map.Entry<String, Sound> heard : sounds.entrySet()) {
      readings.add(
          stave(
              heard.getKey(),
              sentence(heard.getKey()),
              heard.getValue(),
              seconds,
              Survived.figures(Survival.of(original, heard.getValue()))));
    }
    String page =
        ReportPage.html(
            new ReportPage.Content(
                track.sourceName(),
                label(seconds(original)),
                Accent.of(art),
                seconds,
                Staves.png(art),
                stave(
                    "the source",
                    "As it was before anything happened.",
                    original,
                    seconds,
                    List.of()),
                readings));
    Path file = track.folder().resolve(PAGE);
    replace(file, page.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  private ReportPage.Stave stave(
      String name, String sentence, Sound sound, double axis, List<Survived.Figure> figures)
      throws IOException {
    return new ReportPage.Stave(
        name,
        sentence,
        "data:audio/mpeg;base64," + Base64.getEncoder().encodeToString(mp3(sound)),
        Staves.waveform(sound),
        Staves.spectrogram(sound),
        Math.min(1, seconds(sound) / axis),
        figures);
  }

  private byte[] mp3(Sound sound) throws IOException {
    Path wav = Files.createTempFile("sonograph-report", ".wav");
    Path mp3 = wav.resolveSibling(wav.getFileName() + ".mp3");
    try {
      Files.write(wav, WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
      ffmpeg.encode(wav, mp3, EncodedFormat.MP3, new LinkedHashMap<>());
      return Files.readAllBytes(mp3);
    } finally {
      Files.deleteIfExists(wav);
      Files.deleteIfExists(mp3);
    }
  }

  private Picture art() throws IOException {
    Path scroll = track.folder().resolve(SCROLL);
    Path whole = track.folder().resolve("scroll.png");
    Path file = Files.exists(scroll) ? scroll : whole;
    Picture art = PngCodec.decode(Files.readAllBytes(file), PngLimits.DEFAULT).picture();
    return PillowResize.resize(
            art, Staves.WIDTH, Math.min(ART_HEIGHT, art.height()), PillowResize.Filter.BICUBIC)
        .toRgb();
  }

  private static String sentence(String name) {
    if (name.equals(Mix.NAME)) {
      return "Several readings at once.";
    }
    String summary = new Readings().named(name).summary();
    return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
  }

  private List<String> label(double seconds) {
    JsonNode diffusion = track.interpretation().path("diffusion");
    return List.of(
        "%s, %.1f s".formatted(track.sourceName(), seconds),
        "Painted by %s, strength %s, seed %s."
            .formatted(
                diffusion.path("model").asText(),
                diffusion.path("strength").asText(),
                diffusion.path("seed").asText()),
        "Prompt: \"%s\"".formatted(diffusion.path("prompt").asText()),
        "Read by %s. Made by a machine, with Sonograph."
            .formatted(String.join(", ", sounds.keySet())));
  }

  private static double seconds(Sound sound) {
    return (double) sound.length() / sound.sampleRateHz();
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.write(partial, bytes);
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
