package org.sonograph.ingest.recipe;

import java.util.List;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * What a profile stands for where nothing is said.
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
public record RecipeDefaults(
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
  public static final String PROMPT =
      "caffeinated thoughts of a tired college student pulling their 2nd all nighter flying saucers"
          + " and jellyfish living forever spicy pumpkin coffee abstract image no concrete objects";

  public static final String NEGATIVE_PROMPT = "no letters, no people, no recognizable objects";

  /** The origin, number for number. */
  public static final RecipeDefaults NOTEBOOK =
      new RecipeDefaults(
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
  public static final RecipeDefaults TAPE =
      new RecipeDefaults(
          SpectrogramProfile.TAPE,
          0.6,
          2.5,
          50,
          "",
          "strip",
          List.of("rgb-mean", "chirp"),
          0.5,
          -20);

  /**
   * Defaults of a profile.
   *
   * @throws IllegalArgumentException when there is no such profile
   */
  public static RecipeDefaults of(String profile) {
    return SpectrogramProfile.of(profile).name().equals("notebook") ? NOTEBOOK : TAPE;
  }
}
