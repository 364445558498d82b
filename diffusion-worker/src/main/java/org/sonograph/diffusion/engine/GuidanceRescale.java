package org.sonograph.diffusion.engine;

/**
 * Lin et al. 2024, "Common diffusion noise schedules and sample steps are flawed", section 3.4:
 * guidance adds contrast, which is taken back to that of the prompt's own prediction.
 */
final class GuidanceRescale {

  private GuidanceRescale() {}

  /**
   * Rescales in place.
   *
   * @param guided the prediction with guidance
   * @param prompt the prediction for the prompt alone
   * @param share 0 leaves it as it is, 1 takes back all
   */
  static void apply(float[] guided, float[] prompt, double share) {
    double ratio = deviation(prompt) / deviation(guided);
    float factor = (float) (share * ratio + (1 - share));
    for (int i = 0; i < guided.length; i++) {
      guided[i] *= factor;
    }
  }

  private static double deviation(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (float value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }
}
