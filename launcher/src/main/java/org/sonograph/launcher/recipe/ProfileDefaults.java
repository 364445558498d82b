package org.sonograph.launcher.recipe;

import java.util.List;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * What a profile stands for where the user says nothing.
 *
 * @param spectrogram sound to picture
 * @param strength how far the picture is repainted
 * @param guidance classifier-free guidance scale
 * @param steps inference steps of the full schedule
 * @param scheduler sampler; empty = the model folder's own
 * @param noise strip, fresh or same
 * @param readings names of the readings
 * @param dynamics how much of the source's loudness form the output follows
 * @param targetLufs integrated loudness aimed at
 */
record ProfileDefaults(
    SpectrogramProfile spectrogram,
    double strength,
    double guidance,
    int steps,
    String scheduler,
    String noise,
    List<String> readings,
    double dynamics,
    double targetLufs) {

  /** The origin's prompt, verbatim; both profiles begin with it. */
  static final String PROMPT =
      "caffeinated thoughts of a tired college student pulling their 2nd all nighter flying saucers and jellyfish living forever spicy"
          + " pumpkin coffee abstract image no concrete objects";

  static final String NEGATIVE_PROMPT = "no letters, no people, no recognizable objects";

  static final ProfileDefaults NOTEBOOK =
      new ProfileDefaults(
          SpectrogramProfile.NOTEBOOK,
          0.9,
          2.5,
          50,
          "pndm",
          "same",
          List.of("red", "rgb-mean", "chirp"),
          0,
          0);

  /** Strength leaves enough of the picture for its rhythm to survive: both hands are heard. */
  static final ProfileDefaults TAPE =
      new ProfileDefaults(
          SpectrogramProfile.TAPE,
          0.6,
          2.5,
          50,
          "",
          "strip",
          List.of("rgb-mean", "chirp"),
          0.5,
          -20);

  static ProfileDefaults of(Profile profile) {
    return switch (profile) {
      case NOTEBOOK -> NOTEBOOK;
      case TAPE -> TAPE;
    };
  }
}
