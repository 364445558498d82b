package org.sonograph.launcher.recipe;

import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import picocli.CommandLine.Option;

/** The options that say how sound becomes a picture; one not given is the profile's own. */
public final class SpectrogramOptions {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "Set of defaults: ${COMPLETION-CANDIDATES} (default: tape, made for listening).",
      defaultValue = "tape")
  Profile profile = Profile.TAPE;

  @Option(
      names = "--axis",
      paramLabel = "KIND",
      description = "Frequency axis: log, mel or linear.")
  String axis;

  @Option(
      names = "--low",
      paramLabel = "HZ",
      description = "Frequency at the bottom of the picture.")
  Double lowHz;

  @Option(names = "--high", paramLabel = "HZ", description = "Frequency at the top of the picture.")
  Double highHz;

  @Option(
      names = "--tilt",
      paramLabel = "DB",
      description =
          "Emphasis toward high notes in the picture, dB an octave; readings take it out again.")
  Double tiltDbPerOctave;

  @Option(names = "--range-db", paramLabel = "DB", description = "Distance from white to black.")
  Double rangeDb;

  @Option(
      names = "--window",
      paramLabel = "SAMPLES",
      description = "Length of the analysis window.")
  Integer windowSamples;

  @Option(
      names = "--hop",
      paramLabel = "SAMPLES",
      description = "Samples a column of the picture stands for.")
  Integer hopSamples;

  @Option(
      names = "--overlap",
      paramLabel = "COLUMNS",
      description = "Columns that neighbouring pictures share.")
  Integer overlapColumns;

  public Profile profile() {
    return profile;
  }

  /** The settings, checked. */
  public SpectrogramProfile settings() {
    SpectrogramProfile own = RecipeDefaults.of(profile.toString()).spectrogram();
    SpectrogramProfile asked =
        new SpectrogramProfile(
            own.name(),
            own.sampleRateHz(),
            or(windowSamples, own.nFft()),
            or(hopSamples, own.hopSamples()),
            own.window(),
            or(axis, own.axis()),
            or(lowHz, own.lowHz()),
            or(highHz, own.highHz()),
            or(tiltDbPerOctave, own.tiltDbPerOctave()),
            or(rangeDb, own.rangeDb()),
            own.width(),
            own.height(),
            or(overlapColumns, own.overlapColumns()));
    if (profile == Profile.NOTEBOOK && !asked.equals(own)) {
      throw new IllegalArgumentException(
          "profile notebook is the origin, number for number, and takes no --axis, --low, --high, --tilt, --range-db, --window, --hop or --overlap: use --profile tape");
    }
    return asked;
  }

  static <T> T or(T given, T own) {
    return given == null ? own : given;
  }
}
