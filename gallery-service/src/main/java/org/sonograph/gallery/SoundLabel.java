package org.sonograph.gallery;

import org.sonograph.runtime.provenance.DigitalSource;
import org.sonograph.runtime.provenance.Xmp;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.SettingsHash;
import org.sonograph.schemas.SourceInfo;

/**
 * What a sound file or scroll says about itself.
 *
 * @param title title of the source, or its file name
 * @param artist author of the source, or ""
 * @param licence licence of the source, or ""
 * @param comment one sentence on how it was made
 * @param source kind of making, for machines
 * @param ancestry take, source, settings, seed and model by which its ancestors are found, as
 *     {@code name=value} with blanks between, or ""
 * @param archiveId what the archive that holds the source calls it, or ""
 */
record SoundLabel(
    String title,
    String artist,
    String licence,
    String comment,
    DigitalSource source,
    String ancestry,
    String archiveId) {
  /** Longest field, characters: all of them fit a WAV header of fixed size. */
  private static final int MAX_CHARS = 160;

  /** Hashes are as long as they are; the id of a stream is as long as its name. */
  private static final int MAX_ANCESTRY_CHARS = 320;

  static final String SOFTWARE = "Sonograph";

  SoundLabel {
    title = cut(title, MAX_CHARS);
    artist = cut(artist, MAX_CHARS);
    licence = cut(licence, MAX_CHARS);
    comment = cut(comment, MAX_CHARS);
    ancestry = cut(ancestry, MAX_ANCESTRY_CHARS);
    archiveId = cut(archiveId, MAX_CHARS);
  }

  /** A label that names no ancestors. */
  SoundLabel(String title, String artist, String licence, String comment, DigitalSource source) {
    this(title, artist, licence, comment, source, "", "");
  }

  /** Label of one reading of a take. */
  static SoundLabel ofReading(TakeState take, String reading) {
    String model = take.interpretation().getDiffusion().getModel();
    DigitalSource kind = DigitalSource.ofModel(model);
    String made =
        kind == DigitalSource.TRAINED_MODEL
            ? "Machine-made: the spectrogram of the source, painted over by "
                + model
                + ", read as sound by "
                + reading
                + settings(take.interpretation().getDiffusion())
            : "Made by machine, without a trained model: the spectrogram of the source, read as sound by "
                + reading;
    return of(take, made, kind);
  }

  /** Label of the whole track's picture. */
  static SoundLabel ofScroll(TakeState take) {
    String model = take.interpretation().getDiffusion().getModel();
    DigitalSource kind = DigitalSource.ofModel(model);
    String made =
        kind == DigitalSource.TRAINED_MODEL
            ? "Machine-made: painted by " + model + " over the spectrogram of the source"
            : "The spectrogram of the source";
    return of(take, made, kind);
  }

  private static SoundLabel of(TakeState take, String made, DigitalSource kind) {
    SourceInfo source = take.source();
    return new SoundLabel(
        titleOf(source),
        source.getArtist(),
        licenceOf(source),
        made,
        kind,
        ancestryOf(take),
        source.getArchiveId());
  }

  /** A licence that forbids what was done stands beside who allowed it. */
  private static String licenceOf(SourceInfo source) {
    return source.getPermission().isEmpty()
        ? source.getLicence()
        : source.getLicence() + "; derived by permission: " + source.getPermission();
  }

  private static String ancestryOf(TakeState take) {
    DiffusionSettings diffusion = take.interpretation().getDiffusion();
    String model = diffusion.getModelHash();
    return "take=%s source=%s settings=%s seed=%d%s"
        .formatted(
            take.take(),
            take.source().getId().replaceAll("\\s+", "_"),
            SettingsHash.of(take.interpretation()),
            diffusion.getSeed(),
            model.isEmpty() ? "" : " model=" + model);
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
    return new Xmp(source, title, artist, licence, comment, ancestry);
  }

  private static String titleOf(SourceInfo source) {
    return source.getTitle().isEmpty() ? source.getName() : source.getTitle();
  }

  private static String cut(String text, int maxChars) {
    String plain = text.replaceAll("\\p{Cntrl}+", " ").strip();
    int end =
        plain.offsetByCodePoints(0, Math.min(maxChars, plain.codePointCount(0, plain.length())));
    return plain.substring(0, end);
  }
}
