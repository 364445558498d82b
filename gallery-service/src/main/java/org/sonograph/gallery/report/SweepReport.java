package org.sonograph.gallery.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.sonograph.runtime.ffmpeg.EncodedFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.files.WholeFile;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.WavCodec;

/** Makes the page of a sweep from the folders of its takes. */
public final class SweepReport {
  private static final int HEIGHT = 256;

  /** A longer track shows its beginning. */
  private static final int MOST_SHEETS = 3;

  private final FFmpeg ffmpeg;

  /**
   * One take of the sound.
   *
   * @param at its value on each axis
   * @param track what became of it; empty where it was not begun
   * @param command what makes it alone
   */
  public record Take(List<String> at, Optional<TrackFile> track, String command) {}

  /** Sounds are encoded by FFmpeg. */
  public SweepReport(FFmpeg ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  /**
   * Writes the page, whole or not at all.
   *
   * @param source the sound's name
   * @param axes what was swept
   * @param takes one for each combination, the last axis running fastest
   */
  public void write(Path page, String source, List<SweepPage.Axis> axes, List<Take> takes)
      throws IOException {
    List<SweepPage.Cell> cells =
        takes.stream()
            .map(take -> new SweepPage.Cell(take.at(), new Shown(take), take.command()))
            .toList();
    String lead =
        "%d takes, side by side: what changes is %s. A click on a picture plays its first sound."
            .formatted(
                takes.size(),
                String.join(" and ", axes.stream().map(SweepPage.Axis::name).toList()));
    Path partial = WholeFile.partial(page);
    try (Writer out = Files.newBufferedWriter(partial)) {
      new SweepPage(source, lead, axes, cells).write(out);
    }
    WholeFile.show(partial, page);
  }

  /** A take's files, read when they are shown. */
  private final class Shown implements SweepPage.Content {
    private final Optional<TrackFile> track;

    Shown(Take take) {
      this.track = take.track();
    }

    @Override
    public String picture() throws IOException {
      Optional<Path> scroll = track.flatMap(t -> TakeArt.first(t.folder()));
      return scroll.isEmpty() ? "" : Staves.png(art(scroll.get()));
    }

    @Override
    public List<String> readings() {
      return track.stream()
          .flatMap(t -> t.readings().stream())
          .filter(heard -> !heard.file().isEmpty())
          .map(TrackFile.Heard::name)
          .toList();
    }

    @Override
    public String audio(String reading) throws IOException {
      TrackFile made = track.orElseThrow();
      TrackFile.Heard heard =
          made.readings().stream().filter(h -> h.name().equals(reading)).findFirst().orElseThrow();
      return sound(made.folder().resolve(heard.file()));
    }

    @Override
    public String missing() {
      if (track.isEmpty()) {
        return "This take was not made.";
      }
      return track.get().isComplete()
          ? ""
          : "Part of this take is silence: " + String.join("; ", track.get().failures());
    }
  }

  private static Picture art(Path scroll) throws IOException {
    Picture whole = TakeArt.sheet(scroll);
    Picture shown = whole.columns(0, Math.min(whole.width(), MOST_SHEETS * whole.height()));
    int height = Math.min(HEIGHT, shown.height());
    int width = Math.max(1, Math.round((float) shown.width() * height / shown.height()));
    return PillowResize.resize(shown, width, height, PillowResize.Filter.LANCZOS);
  }

  /** A sound file as a data URL, small enough for a page. */
  private String sound(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(".mp3") || name.endsWith(".ogg")) {
      return url(name.endsWith(".mp3") ? "mpeg" : "ogg", Files.readAllBytes(file));
    }
    Path folder = Files.createTempDirectory("sonograph-sweep");
    Path wav = folder.resolve("sound.wav");
    Path mp3 = folder.resolve("sound.mp3");
    try {
      boolean isWav = name.endsWith(".wav");
      if (!isWav) {
        Files.write(
            wav, WavCodec.encode(ffmpeg.sound(file), SampleFormat.S16, new LinkedHashMap<>()));
      }
      ffmpeg.encode(isWav ? file : wav, mp3, EncodedFormat.MP3, new LinkedHashMap<>());
      return url("mpeg", Files.readAllBytes(mp3));
    } finally {
      Files.deleteIfExists(wav);
      Files.deleteIfExists(mp3);
      Files.deleteIfExists(folder);
    }
  }

  private static String url(String type, byte[] bytes) {
    return "data:audio/" + type + ";base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
