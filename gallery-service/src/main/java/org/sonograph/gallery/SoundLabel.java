package org.sonograph.gallery;

import org.sonograph.runtime.provenance.DigitalSource;
import org.sonograph.runtime.provenance.Xmp;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;

/**
 * What a sound file or scroll says about itself.
 *
 * @param title title of the source, or its file name
 * @param artist author of the source, or ""
 * @param licence licence of the source, or ""
 * @param comment one sentence on how it was made
 * @param source kind of making, for machines
 */
record SoundLabel(
    String title, String artist, String licence, String comment, DigitalSource source) {
  /** Longest field, characters: all of them fit a WAV header of fixed size. */
  private static final int MAX_CHARS = 160;

  static final String SOFTWARE = "Sonograph";

  SoundLabel {
    title = cut(title);
    artist = cut(artist);
    licence = cut(licence);
    comment = cut(comment);
  }

  /** Label of one reading of a take. */
  static SoundLabel ofReading(SourceInfo source, Interpretation interpretation, String reading) {
    DigitalSource kind = DigitalSource.ofModel(interpretation.getDiffusion().getModel());
    String made =
        kind == DigitalSource.TRAINED_MODEL
            ? "Machine-made: the spectrogram of the source, painted over by "
                + interpretation.getDiffusion().getModel()
                + ", read as sound by "
                + reading
                + settings(interpretation.getDiffusion())
            : "Made by machine, without a trained model: the spectrogram of the source, read as sound by "
                + reading;
    return new SoundLabel(titleOf(source), source.getArtist(), source.getLicence(), made, kind);
  }

  /** Label of the whole track's picture. */
  static SoundLabel ofScroll(SourceInfo source, Interpretation interpretation) {
    DigitalSource kind = DigitalSource.ofModel(interpretation.getDiffusion().getModel());
    String made =
        kind == DigitalSource.TRAINED_MODEL
            ? "Machine-made: painted by "
                + interpretation.getDiffusion().getModel()
                + " over the spectrogram of the source"
            : "The spectrogram of the source";
    return new SoundLabel(titleOf(source), source.getArtist(), source.getLicence(), made, kind);
  }

  private static String settings(DiffusionSettings diffusion) {
    return "; strength %s, guidance %s, %d steps, seed %d"
        .formatted(
            diffusion.getStrength(),
            diffusion.getGuidance(),
            diffusion.getSteps(),
            diffusion.getSeed());
  }

  Xmp toXmp() {
    return new Xmp(source, title, artist, licence, comment);
  }

  private static String titleOf(SourceInfo source) {
    return source.getTitle().isEmpty() ? source.getName() : source.getTitle();
  }

  private static String cut(String text) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    int end =
        plain.offsetByCodePoints(0, Math.min(MAX_CHARS, plain.codePointCount(0, plain.length())));
    return plain.substring(0, end);
  }
}
