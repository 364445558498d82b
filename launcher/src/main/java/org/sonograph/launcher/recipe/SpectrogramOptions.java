package org.sonograph.launcher.recipe;

import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.signal.spectrogram.Colour;
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

  @Option(
      names = "--colour",
      paramLabel = "KIND",
      description = {
        "What the picture's channels show: grey (all the same, default), stereo (red left, green",
        "right, blue what both share) or parts (red tones, green attacks, blue the rest)."
      })
  String colour;

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
            or(overlapColumns, own.overlapColumns()),
            own.colour());
    Colour drawn = colour == null ? own.colour() : Colour.of(colour);
    if (profile == Profile.NOTEBOOK && !(asked.equals(own) && drawn == own.colour())) {
      throw new IllegalArgumentException(
          "profile notebook is the origin, number for number, and takes no --axis, --low, --high, --tilt, --range-db, --window, --hop, --overlap or --colour: use --profile tape");
    }
    return asked.withColour(drawn);
  }

  static <T> T or(T given, T own) {
    return given == null ? own : given;
  }
}
