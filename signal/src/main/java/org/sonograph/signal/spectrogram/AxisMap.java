package org.sonograph.signal.spectrogram;

/**
 * Rows of an axis to STFT bins and back, as sparse weights. Toward the picture, a row is the mean
 * power around its centre: interpolated between two bins where rows lie closer than bins (low
 * notes), a triangle over all bins up to the neighbouring rows' centres where a row spans several
 * (high ones), so that noise keeps its level and no energy is lost between rows. Back, a bin takes
 * linear magnitudes of the rows around its frequency; bins off the axis are silent.
 */
final class AxisMap {
  private final int[] rowFirst;
  private final double[][] rowWeights;
  private final int[] binFirst;
  private final double[][] binWeights;

  AxisMap(FrequencyAxis axis, int nFft, int sampleRateHz) {
    int bins = nFft / 2 + 1;
    double binsPerHz = (double) nFft / sampleRateHz;
    rowFirst = new int[axis.rows()];
    rowWeights = new double[axis.rows()][];
    for (int r = 0; r < axis.rows(); r++) {
      double centre = axis.centreHz(r) * binsPerHz;
      double below = Math.max(1, centre - axis.centreHz(r - 1) * binsPerHz);
      double above = Math.max(1, axis.centreHz(r + 1) * binsPerHz - centre);
      rowFirst[r] = Math.clamp((int) Math.ceil(centre - below), 0, bins - 1);
      rowWeights[r] = triangle(rowFirst[r], centre, below, above, bins);
    }
    binFirst = new int[bins];
    binWeights = new double[bins][];
    for (int k = 0; k < bins; k++) {
      double hz = k / binsPerHz;
      if (hz < axis.lowHz() || hz > axis.highHz()) {
        binWeights[k] = new double[0];
        continue;
      }
      double centre = axis.height(hz) - 0.5;
      // half a bin to either side, so that no row of the low notes goes unheard
      double below =
          Math.max(1, centre + 0.5 - axis.height(Math.max(axis.lowHz(), hz - 0.5 / binsPerHz)));
      double above =
          Math.max(1, axis.height(Math.min(axis.highHz(), hz + 0.5 / binsPerHz)) - centre - 0.5);
      double within = Math.clamp(centre, 0, axis.rows() - 1.0);
      binFirst[k] = Math.clamp((int) Math.ceil(within - below), 0, axis.rows() - 1);
      binWeights[k] = triangle(binFirst[k], within, below, above, axis.rows());
    }
  }

  private static double[] triangle(
      int first, double centre, double below, double above, int limit) {
    int last = Math.clamp((int) Math.floor(centre + above), first, limit - 1);
    double[] weights = new double[last - first + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double x = first + i - centre;
      weights[i] = Math.max(0, x < 0 ? 1 + x / below : 1 - x / above);
      sum += weights[i];
    }
    if (sum == 0) {
      weights[0] = 1;
      sum = 1;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** Mean power of each row, counted from the bottom, from {@code [bin]} powers. */
  void rows(double[] power, double[] rows) {
    weigh(power, rows, rowFirst, rowWeights);
  }

  /** Magnitude of each bin from {@code [row]} magnitudes, rows counted from the bottom. */
  void bins(double[] rows, double[] magnitude) {
    weigh(rows, magnitude, binFirst, binWeights);
  }

  private static void weigh(double[] in, double[] out, int[] first, double[][] weights) {
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int j = 0; j < weights[i].length; j++) {
        sum += weights[i][j] * in[first[i] + j];
      }
      out[i] = sum;
    }
  }
}
