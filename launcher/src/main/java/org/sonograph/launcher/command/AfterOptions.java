package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sonograph.gallery.film.Film;
import org.sonograph.gallery.film.FilmShape;
import org.sonograph.gallery.report.FrequencyMarks;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.gallery.report.Mix;
import org.sonograph.gallery.report.TakeReport;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.job.Estimate;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.s3.CopiedFiles;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;
import picocli.CommandLine.Option;

/** What {@code run} makes of takes once they are complete. */
final class AfterOptions {
  @Option(
      names = "--mix",
      paramLabel = "NAME=W,...",
      description =
          "Also write mix.wav: these of the run's readings at once, e.g. rgb-mean=0.7,voices=0.3.")
  Optional<String> mix = Optional.empty();

  @Option(
      names = "--report",
      description =
          "Also write report.html: source, art and every reading to see, to play and to compare, in"
              + " one page that needs no network.")
  boolean report;

  @Option(
      names = "--report-axis",
      paramLabel = "hz|notes",
      description =
          "What stands beside the report's frequency axes: frequencies, or the notes C2, C3 ..."
              + " (default: hz).")
  FrequencyMarks marks = FrequencyMarks.HZ;

  @Option(
      names = "--video",
      paramLabel = "square|portrait|wide",
      description =
          "Also write a film of each reading: the art scrolling, a playhead, the label, the sound"
              + " (MP4 of 1080x1080, 1080x1350 or 1920x1080).")
  Optional<FilmShape> video = Optional.empty();

  /** Refuses what cannot be made of this run. */
  void check(Interpretation interpretation) {
    List<String> readings =
        interpretation.getReadings().stream().map(ReadingSettings::getName).toList();
    mix.ifPresent(text -> Mix.parse(text, readings));
  }

  /** The run's estimate, with what is made afterwards. */
  Estimate with(Estimate run, List<PlannedTake> takes, int readings) {
    if (video.isEmpty()) {
      return run;
    }
    double seconds =
        takes.stream().mapToDouble(t -> t.source().probe().declaredSeconds()).sum() * readings;
    return run.plus(Film.secondsToMake(video.get(), seconds), Film.bytes(seconds));
  }

  /** Whether nothing was asked for. */
  boolean isNothing() {
    return mix.isEmpty() && !report && video.isEmpty();
  }

  /**
   * Makes what was asked for; a take that is not complete is left alone. The files, by take, in the
   * order they were made.
   */
  Map<String, List<Path>> make(
      FFmpeg ffmpeg,
      List<TrackFile> tracks,
      List<IdentifiedSource> sources,
      Terminal terminal,
      RemoteSources remote)
      throws InterruptedException {
    Map<String, List<Path>> made = new HashMap<>();
    if (isNothing()) {
      return made;
    }
    Map<String, IdentifiedSource> byId =
        sources.stream().collect(Collectors.toMap(IdentifiedSource::id, s -> s, (a, b) -> a));
    for (TrackFile track : tracks) {
      if (isHere(track)) {
        Optional<IdentifiedSource> source = Optional.ofNullable(byId.get(track.sourceId()));
        List<Path> files = make(ffmpeg, track, source, terminal, remote);
        note(track, files);
        made.put(track.take(), files);
      }
    }
    return made;
  }

  /** Adds what was made to the take's manifest. */
  private static void note(TrackFile track, List<Path> files) {
    List<String> from = track.readings().stream().map(TrackFile.Heard::file).toList();
    try {
      List<Manifest.Entry> entries = new ArrayList<>();
      for (Path file : files) {
        entries.add(Manifest.Entry.of(track.folder(), file.getFileName().toString(), from));
      }
      Manifest.add(track.folder(), entries);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, track.folder() + ": " + e.getMessage(), e);
    }
  }

  private List<Path> make(
      FFmpeg ffmpeg,
      TrackFile track,
      Optional<IdentifiedSource> source,
      Terminal terminal,
      RemoteSources remote)
      throws InterruptedException {
    List<Path> files = new ArrayList<>();
    try {
      TakeReport made = TakeReport.of(ffmpeg, track);
      if (mix.isPresent()) {
        List<String> readings = track.readings().stream().map(TrackFile.Heard::name).toList();
        files.add(told(terminal, "mix", made.write(Mix.parse(mix.get(), readings))));
      }
      if (report && source.isPresent()) {
        SourceFile sound = source.get().source();
        remote.need(sound);
        files.add(told(terminal, "report", made.write(sound.file(), marks)));
        remote.release(sound);
      }
      if (video.isPresent()) {
        Film film = new Film(ffmpeg, track, video.get());
        for (TrackFile.Heard heard : track.readings()) {
          files.add(told(terminal, "video", film.write(heard)));
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, track.folder() + ": " + e.getMessage(), e);
    }
    return files;
  }

  /** What is in a bucket only has had what was asked for when it was made. */
  private static boolean isHere(TrackFile track) {
    return track.isComplete()
        && track.files().stream().noneMatch(f -> CopiedFiles.isDropped(track.folder(), f));
  }

  private static Path told(Terminal terminal, String what, Path file) {
    terminal.say(what + ": " + file);
    return file;
  }
}
