package org.sonograph.diffusion.scheduler;

/** What a model was trained to predict. */
enum Prediction {
  /** The noise in the latents. */
  EPSILON,
  /** Salimans and Ho's velocity, {@code sqrt(a) noise - sqrt(1-a) clean}. */
  VELOCITY,
  /** The clean latents. */
  SAMPLE;

  static Prediction of(SchedulerConfig config) {
    String text = config.text("prediction_type", "epsilon");
    return switch (text) {
      case "epsilon" -> EPSILON;
      case "v_prediction" -> VELOCITY;
      case "sample" -> SAMPLE;
      default ->
          throw config.unsupported("prediction_type", text, "epsilon, v_prediction or sample");
    };
  }

  /**
   * The clean value that a prediction stands for, where the noisy one is {@code alpha clean + sigma
   * noise} with {@code alpha² + sigma² = 1}.
   */
  double clean(double noisy, double output, double alpha, double sigma) {
    return switch (this) {
      case EPSILON -> (noisy - sigma * output) / alpha;
      case VELOCITY -> alpha * noisy - sigma * output;
      case SAMPLE -> output;
    };
  }

  /** The noise that a prediction stands for. */
  double noise(double noisy, double output, double alpha, double sigma) {
    return switch (this) {
      case EPSILON -> output;
      case VELOCITY -> alpha * output + sigma * noisy;
      case SAMPLE -> (noisy - alpha * output) / sigma;
    };
  }
}
