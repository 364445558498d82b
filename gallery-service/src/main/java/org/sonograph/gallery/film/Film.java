package org.sonograph.gallery.film;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.TakeArt;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FilmFrames;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/** Makes films of a finished take, one for each reading. */
public final class Film {
  /** Longest film; a longer strip of art would not fit the memory. */
  public static final int MOST_SECONDS = 20 * 60;

  /** Pictures that one core draws and encodes in a second, at 1080 by 1080. */
  private static final double PICTURES_A_SECOND = 40;

  private static final double SQUARE_PIXELS = 1080 * 1080;

  /** OpenH264 stays well below the rate it may use: most of a frame stands still. */
  private static final long BYTES_A_SECOND = 700_000;

  private final FFmpeg ffmpeg;
  private final TrackFile track;
  private final FilmShape shape;

  /** Films of one take in one shape. */
  public Film(FFmpeg ffmpeg, TrackFile track, FilmShape shape) {
    this.ffmpeg = ffmpeg;
    this.track = track;
    this.shape = shape;
  }

  /** The file of a reading's film: called after take, reading and shape. */
  public Path file(String reading) {
    return track
        .folder()
        .resolve("%s-%s-%s.mp4".formatted(track.folder().getFileName(), reading, shape));
  }

  /** Writes the film of a reading; one that is there and newer than its sound stays. */
  public Path write(TrackFile.Heard heard) throws IOException {
    Path sound = track.folder().resolve(heard.file());
    Path file = file(heard.name());
    if (isNewer(file, sound)) {
      return file;
    }
    if (heard.seconds() > MOST_SECONDS) {
      throw new IOException(
          "%s is %.0f s, expected at most %d for a film"
              .formatted(heard.file(), heard.seconds(), MOST_SECONDS));
    }
    WallLabel label = WallLabel.of(track, List.of(heard.name()), "");
    List<Picture> sheets = new ArrayList<>();
    Planes strip = strip(sheets);
    ScrollFrames frames =
        new ScrollFrames(
            shape,
            Planes.of(LabelSheet.draw(shape, label)),
            strip,
            Accent.of(sheets.getFirst()).onPaper(),
            heard.seconds());
    ffmpeg.film(frames, sound, file, tags(label));
    return file;
  }

  /** Time that films take on one core, s. */
  public static double secondsToMake(FilmShape shape, double seconds) {
    double pixels = (double) shape.width() * shape.height();
    return seconds * FilmFrames.RATE / PICTURES_A_SECOND * pixels / SQUARE_PIXELS;
  }

  /** Size of films, bytes. */
  public static long bytes(double seconds) {
    return (long) (seconds * BYTES_A_SECOND);
  }

  /** The whole art at the window's height; its first sheet is handed out for its colours. */
  private Planes strip(List<Picture> first) throws IOException {
    List<Planes> parts = new ArrayList<>();
    for (Path file : TakeArt.sheets(track.folder())) {
      Picture sheet = TakeArt.sheet(file);
      double scale = shape.windowHeight() / (double) sheet.height();
      Picture scaled =
          PillowResize.resize(
              sheet,
              Math.max(2, FilmShape.even(sheet.width() * scale)),
              shape.windowHeight(),
              PillowResize.Filter.LANCZOS);
      if (first.isEmpty()) {
        first.add(sheet);
      }
      parts.add(Planes.of(scaled));
    }
    return Planes.joined(parts);
  }

  private static SequencedMap<String, String> tags(WallLabel label) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("title", label.title());
    tags.put("comment", String.join(" ", label.lines().subList(1, label.lines().size())));
    tags.put("encoded_by", "Sonograph");
    return tags;
  }

  private static boolean isNewer(Path file, Path than) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) >= 0;
  }
}
