package org.sonograph.runtime.provenance;

import java.util.regex.Pattern;

/**
 * How a medium came to be, in IPTC's vocabulary (https://cv.iptc.org/newscodes/digitalsourcetype/).
 */
public enum DigitalSource {
  /** Made by a trained model, whatever it was given to start from. */
  TRAINED_MODEL("trainedAlgorithmicMedia"),
  /** Data shown by a rule that nobody trained: a spectrogram, or sound read from one. */
  DATA("dataDrivenMedia");

  private static final String VOCABULARY = "http://cv.iptc.org/newscodes/digitalsourcetype/";
  private static final Pattern PAINTS_NOTHING =
      Pattern.compile("passthrough(:.*)?|simulated:.*|none");

  private final String code;

  DigitalSource(String code) {
    this.code = code;
  }

  /**
   * What comes out of the named model; {@code passthrough} and {@code simulated} were never
   * trained, and make nothing of their own; {@code none} is no model at all.
   */
  public static DigitalSource ofModel(String model) {
    return PAINTS_NOTHING.matcher(model).matches() ? DATA : TRAINED_MODEL;
  }

  /** The term as a URI. */
  public String uri() {
    return VOCABULARY + code;
  }
}
