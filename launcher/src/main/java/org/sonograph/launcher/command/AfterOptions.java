package org.sonograph.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sonograph.gallery.report.FrequencyMarks;
import org.sonograph.gallery.report.Mix;
import org.sonograph.gallery.report.TakeReport;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
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

  /** Refuses what cannot be made of this run. */
  void check(Interpretation interpretation) {
    List<String> readings =
        interpretation.getReadings().stream().map(ReadingSettings::getName).toList();
    mix.ifPresent(text -> Mix.parse(text, readings));
  }

  /** Makes what was asked for; a take that is not complete is left alone. */
  void make(
      FFmpeg ffmpeg, List<TrackFile> tracks, List<IdentifiedSource> sources, Terminal terminal) {
    if (mix.isEmpty() && !report) {
      return;
    }
    Map<String, IdentifiedSource> byId =
        sources.stream().collect(Collectors.toMap(IdentifiedSource::id, s -> s, (a, b) -> a));
    for (TrackFile track : tracks) {
      if (track.isComplete()) {
        make(ffmpeg, track, Optional.ofNullable(byId.get(track.sourceId())), terminal);
      }
    }
  }

  private void make(
      FFmpeg ffmpeg, TrackFile track, Optional<IdentifiedSource> source, Terminal terminal) {
    try {
      TakeReport made = TakeReport.of(ffmpeg, track);
      if (mix.isPresent()) {
        List<String> readings = track.readings().stream().map(TrackFile.Heard::name).toList();
        terminal.say("mix: " + made.write(Mix.parse(mix.get(), readings)));
      }
      if (report && source.isPresent()) {
        terminal.say("report: " + made.write(source.get().source().file(), marks));
      }
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, track.folder() + ": " + e.getMessage(), e);
    }
  }
}
