package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.recipe.Profile;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * How a picture on its own is to be read.
 *
 * @param inversion how its rows and levels are meant
 * @param samples how many samples of its sound are meant; empty = all that its columns give
 */
record PictureSettings(Inversion inversion, OptionalInt samples) {
  /** White of a picture that does not say: a moderately loud track's, dB re full-scale sine. */
  private static final double ASSUMED_WHITE_DB = -20;

  /** Rate of the notebook's sound. */
  private static final int NOTEBOOK_RATE_HZ = 24_000;

  /** What the picture says of itself, or the profile that was asked for. */
  static PictureSettings of(PngImage png, Profile asked, Path file) {
    Optional<Inversion> told = told(png, file);
    if (told.isPresent() && (asked == null || told.get().profile().equals(asked.toString()))) {
      return new PictureSettings(told.get(), samples(png));
    }
    if (asked == null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          file
              + ": the picture does not say how it was made; name a profile: --profile notebook or --profile tape");
    }
    Inversion inversion =
        switch (asked) {
          case TAPE -> SpectrogramProfile.TAPE.inversion(ASSUMED_WHITE_DB);
          case NOTEBOOK -> notebook(png.picture());
        };
    return new PictureSettings(inversion, OptionalInt.empty());
  }

  private static Optional<Inversion> told(PngImage png, Path file) {
    try {
      return Inversion.fromText(png.text());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + e.getMessage(), e);
    }
  }

  private static Inversion notebook(Picture art) {
    SpectrogramProfile p = SpectrogramProfile.NOTEBOOK;
    return new Inversion(
        p.name(),
        NOTEBOOK_RATE_HZ,
        p.nFft(),
        p.hopSamples(),
        p.window(),
        p.axis(),
        0,
        NOTEBOOK_RATE_HZ / 2.0,
        0,
        -p.rangeDb(),
        0,
        art.width(),
        art.height(),
        art.width(),
        art.height());
  }

  private static OptionalInt samples(PngImage png) {
    try {
      return OptionalInt.of(Integer.parseInt(png.text().getOrDefault(PictureTexts.SAMPLES, "")));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}
