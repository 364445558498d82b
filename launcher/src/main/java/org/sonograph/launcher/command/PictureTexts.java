package org.sonograph.launcher.command;

/** Keywords of the texts in our pictures, besides those that their own classes name. */
final class PictureTexts {
  /**
   * Samples a channel of the sound that a picture of a whole track shows; its last column may stand
   * for fewer than a hop.
   */
  static final String SAMPLES = "sonograph-samples";

  private PictureTexts() {}
}
