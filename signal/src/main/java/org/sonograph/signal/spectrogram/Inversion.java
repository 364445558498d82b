package org.sonograph.signal.spectrogram;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Everything needed to turn a picture back into magnitudes. It travels with the picture, in
 * messages and as PNG text.
 *
 * @param profile {@code tape} or {@code notebook}: who reads the picture
 * @param sampleRateHz analysis rate
 * @param nFft analysis window, samples
 * @param hopSamples distance between frames, samples
 * @param window window function, periodic: {@code hann}
 * @param axis {@code log}, {@code mel} or {@code linear}
 * @param lowHz lower edge of the bottom row
 * @param highHz upper edge of the top row
 * @param tiltDbPerOctave emphasis in the picture, around {@link TapeSpectrogram#TILT_PIVOT_HZ}
 * @param blackDb level of pixel value 0 (which itself means exact silence), dB re full-scale sine
 * @param whiteDb level of pixel value 255, dB re full-scale sine
 * @param width width of the picture as it left the spectrogram, pixels
 * @param height height of it, pixels
 * @param frames analysis frames behind the picture, before resizing
 * @param bins frequency bins behind the picture
 * @param colour what the picture's channels show
 */
public record Inversion(
    String profile,
    int sampleRateHz,
    int nFft,
    int hopSamples,
    String window,
    String axis,
    double lowHz,
    double highHz,
    double tiltDbPerOctave,
    double blackDb,
    double whiteDb,
    int width,
    int height,
    int frames,
    int bins,
    Colour colour) {

  /** Keyword of the PNG text chunk that holds {@link #toText()}. */
  public static final String TEXT_KEY = "sonograph";

  /** No rate, length or size of ours comes near it. */
  private static final int LARGEST = 1 << 20;

  public Inversion {
    if (profile.isBlank()) {
      throw new IllegalArgumentException("inversion without a profile");
    }
    positive("sampleRateHz", sampleRateHz);
    positive("nFft", nFft);
    positive("hopSamples", hopSamples);
    positive("width", width);
    positive("height", height);
    for (double v : new double[] {lowHz, highHz, tiltDbPerOctave, blackDb, whiteDb}) {
      if (!(Math.abs(v) <= LARGEST)) {
        throw new IllegalArgumentException(
            "inversion with the value " + v + " (profile=" + profile + ")");
      }
    }
    if (profile.equals("tape")) {
      checkTape(nFft, hopSamples, tiltDbPerOctave, blackDb, whiteDb);
    }
  }

  /** What inverts a grey picture. */
  public Inversion(
      String profile,
      int sampleRateHz,
      int nFft,
      int hopSamples,
      String window,
      String axis,
      double lowHz,
      double highHz,
      double tiltDbPerOctave,
      double blackDb,
      double whiteDb,
      int width,
      int height,
      int frames,
      int bins) {
    this(
        profile,
        sampleRateHz,
        nFft,
        hopSamples,
        window,
        axis,
        lowHz,
        highHz,
        tiltDbPerOctave,
        blackDb,
        whiteDb,
        width,
        height,
        frames,
        bins,
        Colour.GREY);
  }

  /** A picture's own text comes from outside: what it may ask for is bounded here. */
  private static void checkTape(
      int nFft, int hopSamples, double tilt, double blackDb, double whiteDb) {
    boolean frames = nFft <= 65_536 && nFft % 2 == 0 && hopSamples * 2 <= nFft;
    boolean levels = Math.abs(tilt) <= 24 && blackDb >= -400 && whiteDb <= 200 && blackDb < whiteDb;
    if (!frames || !levels) {
      throw new IllegalArgumentException(
          "tape inversion with window=%d hop=%d tilt=%s black=%s white=%s, expected window to 65536, even, at least twice the hop; tilt -24 to 24; -400 <= black < white <= 200"
              .formatted(nFft, hopSamples, tilt, blackDb, whiteDb));
    }
  }

  private static void positive(String name, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(name + "=" + value + ", expected 1 to " + LARGEST);
    }
  }

  /**
   * This inversion as PNG text: one entry under {@link #TEXT_KEY}, a flat JSON object. Inverse of
   * {@link #fromText}.
   */
  public SequencedMap<String, String> toText() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("profile", profile);
    fields.put("sampleRateHz", sampleRateHz);
    fields.put("nFft", nFft);
    fields.put("hopSamples", hopSamples);
    fields.put("window", window);
    fields.put("axis", axis);
    fields.put("lowHz", lowHz);
    fields.put("highHz", highHz);
    fields.put("tiltDbPerOctave", tiltDbPerOctave);
    fields.put("blackDb", blackDb);
    fields.put("whiteDb", whiteDb);
    fields.put("width", width);
    fields.put("height", height);
    fields.put("frames", frames);
    fields.put("bins", bins);
    fields.put("colour", colour.text());
    SequencedMap<String, String> text = new LinkedHashMap<>();
    text.put(TEXT_KEY, FlatJson.write(fields));
    return text;
  }

  /**
   * The inversion in a PNG's text, if it carries one. Further members of the object are ignored, so
   * that others may add theirs.
   *
   * @throws IllegalArgumentException when there is one, but it cannot be read
   */
  public static Optional<Inversion> fromText(Map<String, String> text) {
    String json = text.get(TEXT_KEY);
    if (json == null) {
      return Optional.empty();
    }
    Fields f = new Fields(FlatJson.read(json));
    return Optional.of(
        new Inversion(
            f.string("profile"),
            f.integer("sampleRateHz"),
            f.integer("nFft"),
            f.integer("hopSamples"),
            f.string("window"),
            f.string("axis"),
            f.number("lowHz"),
            f.number("highHz"),
            f.number("tiltDbPerOctave"),
            f.number("blackDb"),
            f.number("whiteDb"),
            f.integer("width"),
            f.integer("height"),
            f.integer("frames"),
            f.integer("bins"),
            f.colour()));
  }

  private record Fields(Map<String, String> values) {

    String string(String name) {
      String value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("PNG text \"" + TEXT_KEY + "\" lacks " + name);
      }
      return value;
    }

    /** Pictures of the time before there were colours are grey. */
    Colour colour() {
      return Colour.of(values.getOrDefault("colour", Colour.GREY.text()));
    }

    double number(String name) {
      String value = string(name);
      try {
        return Double.parseDouble(value);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "PNG text \"%s\": %s=%s, expected a number".formatted(TEXT_KEY, name, value), e);
      }
    }

    int integer(String name) {
      double value = number(name);
      if (value != (int) value) {
        throw new IllegalArgumentException(
            "PNG text \"%s\": %s=%s, expected a whole number"
                .formatted(TEXT_KEY, name, values.get(name)));
      }
      return (int) value;
    }
  }
}
