package org.sonograph.signal.spectrogram;

import java.util.Locale;

/**
 * How sound becomes a picture: the settings of a profile. {@link #TAPE} and {@link #NOTEBOOK} are
 * the one place where their defaults stand.
 *
 * @param name {@code tape} or {@code notebook}
 * @param sampleRateHz analysis rate; 0 = the source's own
 * @param nFft analysis window, samples, a power of two for {@code tape}
 * @param hopSamples distance between frames = one column, samples
 * @param window window function, periodic: {@code hann}
 * @param axis {@code log}, {@code mel} or {@code linear}
 * @param lowHz lower edge of the bottom row
 * @param highHz upper edge of the top row; 0 = half the analysis rate
 * @param tiltDbPerOctave emphasis toward high notes in the picture
 * @param rangeDb distance from white to black
 * @param width picture width, pixels
 * @param height picture height, pixels
 * @param overlapColumns columns that neighbouring pictures share
 * @param colour what the picture's channels show
 */
public record SpectrogramProfile(
    String name,
    int sampleRateHz,
    int nFft,
    int hopSamples,
    String window,
    String axis,
    double lowHz,
    double highHz,
    double tiltDbPerOctave,
    double rangeDb,
    int width,
    int height,
    int overlapColumns,
    Colour colour) {

  /** Made for listening, chunk after chunk: eight octaves of 64 rows from E1. */
  public static final SpectrogramProfile TAPE =
      new SpectrogramProfile(
          "tape",
          48_000,
          4096,
          576,
          "hann",
          "log",
          41.2,
          41.2 * 256,
          4.5,
          70,
          512,
          512,
          64,
          Colour.GREY);

  /**
   * The origin, number for number: one picture of the whole file, its range measured, readings over
   * 80 dB.
   */
  public static final SpectrogramProfile NOTEBOOK =
      new SpectrogramProfile(
          "notebook", 0, 512, 256, "hann", "linear", 0, 0, 0, 80, 400, 300, 0, Colour.GREY);

  /** Parts are found among so many frames at most that share a window. */
  private static final int MOST_FRAMES_A_WINDOW = 32;

  public SpectrogramProfile {
    check(
        name.equals("tape") || name.equals("notebook"),
        "profile=%s, expected tape or notebook",
        name);
    check(
        sampleRateHz >= 0 && sampleRateHz <= 768_000,
        "sampleRateHz=%d, expected 0 to 768000",
        sampleRateHz);
    check(nFft >= 16 && nFft <= 65_536, "window=%d, expected 16 to 65536 samples", nFft);
    check(
        hopSamples >= 1 && hopSamples <= nFft,
        "hop=%d, expected 1 to window=%d samples",
        hopSamples,
        nFft);
    check(window.equals("hann"), "window=%s, expected hann", window);
    FrequencyAxis.Scale.of(axis);
    check(
        lowHz >= 0 && (highHz == 0 || highHz > lowHz),
        "low=%s high=%s, expected 0 <= low < high, in Hz",
        lowHz,
        highHz);
    check(
        sampleRateHz == 0 || highHz <= sampleRateHz / 2.0,
        "high=%s, expected at most half the rate %d Hz",
        highHz,
        sampleRateHz);
    check(
        Math.abs(tiltDbPerOctave) <= 24,
        "tilt=%s, expected -24 to 24 dB per octave",
        tiltDbPerOctave);
    check(rangeDb >= 6 && rangeDb <= 200, "range-db=%s, expected 6 to 200", rangeDb);
    check(width >= 1 && height >= 1, "picture of %dx%d, expected at least 1x1", width, height);
    check(
        overlapColumns >= 0 && overlapColumns * 2 <= width,
        "overlap=%d columns, expected 0 to half the width %d",
        overlapColumns,
        width);
    checkColour(name, nFft, hopSamples, colour);
    if (name.equals("tape")) {
      check(Integer.bitCount(nFft) == 1, "window=%d, expected a power of two", nFft);
      check(
          hopSamples * 2 <= nFft,
          "hop=%d, expected at most half the window of %d samples",
          hopSamples,
          nFft);
      check(
          sampleRateHz > 0 && highHz > 0,
          "tape needs an analysis rate and a highest frequency%s",
          "");
      check(
          !axis.equals("log") || lowHz > 0, "low=%s, expected more than 0 Hz on a log axis", lowHz);
    }
  }

  private static void checkColour(String name, int nFft, int hopSamples, Colour colour) {
    check(
        name.equals("tape") || colour == Colour.GREY,
        "colour=%s, expected grey: profile notebook is the origin, number for number",
        colour.text());
    check(
        colour != Colour.PARTS || hopSamples * MOST_FRAMES_A_WINDOW >= nFft,
        "colour=parts with hop=%d, expected a hop of at least a %dth of the window of %d samples",
        hopSamples,
        MOST_FRAMES_A_WINDOW,
        nFft);
  }

  /** Settings of a grey picture. */
  public SpectrogramProfile(
      String name,
      int sampleRateHz,
      int nFft,
      int hopSamples,
      String window,
      String axis,
      double lowHz,
      double highHz,
      double tiltDbPerOctave,
      double rangeDb,
      int width,
      int height,
      int overlapColumns) {
    this(
        name,
        sampleRateHz,
        nFft,
        hopSamples,
        window,
        axis,
        lowHz,
        highHz,
        tiltDbPerOctave,
        rangeDb,
        width,
        height,
        overlapColumns,
        Colour.GREY);
  }

  private static void check(boolean ok, String message, Object... values) {
    if (!ok) {
      throw new IllegalArgumentException(message.formatted(values));
    }
  }

  /** The profile of that name with its own defaults. */
  public static SpectrogramProfile of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tape" -> TAPE;
      case "notebook" -> NOTEBOOK;
      default ->
          throw new IllegalArgumentException("profile=" + name + ", expected tape or notebook");
    };
  }

  /** Where the chunks of a track lie. */
  public ChunkGrid grid() {
    return new ChunkGrid(hopSamples, width, overlapColumns);
  }

  /** Samples of context that a chunk's picture needs on either side. */
  public int contextSamples() {
    return nFft / 2 + colour.reachFrames(nFft, hopSamples) * hopSamples;
  }

  /** These settings with another colour. */
  public SpectrogramProfile withColour(Colour other) {
    return new SpectrogramProfile(
        name,
        sampleRateHz,
        nFft,
        hopSamples,
        window,
        axis,
        lowHz,
        highHz,
        tiltDbPerOctave,
        rangeDb,
        width,
        height,
        overlapColumns,
        other);
  }

  /** The frequency axis of this profile's picture. */
  public FrequencyAxis frequencyAxis() {
    return new FrequencyAxis(FrequencyAxis.Scale.of(axis), lowHz, highHz, height);
  }

  /** What inverts one of this profile's pictures, white lying at {@code whiteDb}. */
  public Inversion inversion(double whiteDb) {
    return new Inversion(
        name,
        sampleRateHz,
        nFft,
        hopSamples,
        window,
        axis,
        lowHz,
        highHz,
        tiltDbPerOctave,
        whiteDb - rangeDb,
        whiteDb,
        width,
        height,
        width,
        nFft / 2 + 1,
        colour);
  }
}
