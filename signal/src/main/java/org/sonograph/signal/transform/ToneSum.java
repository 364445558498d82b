package org.sonograph.signal.transform;

import java.util.Arrays;

/**
 * Sums of many cosines along any axis, as one non-uniform fast Fourier transform (of type 3:
 * neither frequencies nor places lie on a grid) instead of a cosine a tone and sample.
 *
 * <p>The tones are spread onto a fine grid of frequencies, transformed to a grid along the axis,
 * and interpolated there, both times with a Kaiser-Bessel kernel whose effect on amplitudes is
 * divided out (Fessler and Sutton 2003). The error is below -140 dB of the sum of amplitudes. Pure;
 * may be called by many threads.
 */
public final class ToneSum {

  /** Grid points under a kernel. */
  private static final int WIDTH = 12;

  /** Each grid is twice as fine as its band asks for. */
  private static final int OVERSAMPLING = 2;

  /** Steps between two grid points at which the kernel is tabled, straight lines between. */
  private static final int TABLE_STEPS = 2048;

  private static final int LARGEST_GRID = 1 << 24;

  private ToneSum() {}

  /**
   * Tones; the arrays are of one length and not copied.
   *
   * @param frequency turns per unit of the axis (Hz where that is seconds)
   * @param amplitude linear
   * @param phase at place 0, radians
   */
  public record Tones(double[] frequency, double[] amplitude, double[] phase) {

    /** Refuses arrays of different length. */
    public Tones {
      if (amplitude.length != frequency.length || phase.length != frequency.length) {
        throw new IllegalArgumentException(
            "%d amplitudes and %d phases, expected %d as there are frequencies"
                .formatted(amplitude.length, phase.length, frequency.length));
      }
    }
  }

  /**
   * The sum of {@code amplitude * cos(2 pi * frequency * place + phase)} at every place.
   *
   * @param places in the unit of the axis, in any order
   */
  public static double[] sum(Tones tones, double[] places) {
    if (places.length == 0 || tones.frequency.length == 0) {
      return new double[places.length];
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double place : places) {
      low = Math.min(low, place);
      high = Math.max(high, place);
    }
    double highest = 0;
    for (double frequency : tones.frequency) {
      highest = Math.max(highest, Math.abs(frequency));
    }
    if (!Double.isFinite(low + high + highest)) {
      throw new IllegalArgumentException("a place or frequency is not a finite number");
    }
    // tones that hardly turn need a few grid points all the same
    double finest = Math.max(highest, 1 / Math.max(high - low, 1e-9));
    double step = 1 / (2 * OVERSAMPLING * finest);
    double half = Math.ceil((high - low) / 2 / step) + WIDTH;
    double grid = 2 * half * OVERSAMPLING;
    if (grid > LARGEST_GRID) {
      throw new IllegalArgumentException(
          "tones up to %s turns over %s units, expected at most %d turns in all"
              .formatted(highest, high - low, LARGEST_GRID / (8 * OVERSAMPLING)));
    }
    int size = Math.max(64, Integer.highestOneBit((int) grid - 1) << 1);
    Axis axis = new Axis((low + high) / 2, step, (int) half, size);
    return interpolate(values(tones, axis), axis, places);
  }

  /** Grid points {@code centre + m * step}, m from -half to half, from a transform of a size. */
  private record Axis(double centre, double step, int half, int size) {}

  private static double[] values(Tones tones, Axis axis) {
    double[] grid = new double[2 * axis.size];
    for (int t = 0; t < tones.frequency.length; t++) {
      double frequency = Math.abs(tones.frequency[t]);
      double phase = tones.frequency[t] < 0 ? -tones.phase[t] : tones.phase[t];
      double turns = frequency * axis.centre;
      double angle = 2 * Math.PI * (turns - Math.rint(turns)) + phase;
      double amplitude = tones.amplitude[t] / transformed(frequency * axis.step);
      double re = amplitude * Math.cos(angle);
      double im = amplitude * Math.sin(angle);
      double at = frequency * axis.step * axis.size;
      int first = (int) Math.ceil(at - WIDTH / 2.0);
      for (int i = 0; i < WIDTH; i++) {
        double weight = kernel(at - (first + i));
        int k = Math.floorMod(first + i, axis.size);
        grid[2 * k] += weight * re;
        grid[2 * k + 1] += weight * im;
      }
    }
    RealFft.complexBackward(grid);
    double[] values = new double[2 * axis.half + 1];
    for (int m = 0; m <= axis.half; m++) {
      double scale = 1 / transformed((double) m / axis.size);
      values[axis.half + m] = grid[2 * m] * scale;
      values[axis.half - m] = grid[m == 0 ? 0 : 2 * (axis.size - m)] * scale;
    }
    return values;
  }

  private static double[] interpolate(double[] values, Axis axis, double[] places) {
    double[] table = table();
    double[] out = new double[places.length];
    for (int n = 0; n < out.length; n++) {
      double at = (places[n] - axis.centre) / axis.step + axis.half;
      int whole = (int) at;
      double fine = (at - whole) * TABLE_STEPS;
      int row = (int) fine;
      double share = fine - row;
      int first = whole - WIDTH / 2 + 1;
      int here = row * WIDTH;
      double sum = 0;
      double next = 0;
      for (int i = 0; i < WIDTH; i++) {
        double value = values[first + i];
        sum += value * table[here + i];
        next += value * table[here + WIDTH + i];
      }
      out[n] = sum + share * (next - sum);
    }
    return out;
  }

  /** {@code [step between grid points][tap]}, one step more than {@link #TABLE_STEPS}. */
  private static double[] table() {
    return Tables.KERNEL;
  }

  private static double kernel(double x) {
    double rest = 1 - 4 * x * x / (WIDTH * WIDTH);
    return rest < 0 ? 0 : bessel(Tables.SHAPE * Math.sqrt(rest)) / Tables.PEAK;
  }

  /** The kernel's Fourier transform, at turns per grid point. */
  private static double transformed(double turns) {
    double x = Math.PI * WIDTH * turns;
    double root = Math.sqrt(Tables.SHAPE * Tables.SHAPE - x * x);
    return WIDTH * Math.sinh(root) / (root * Tables.PEAK);
  }

  /** The modified Bessel function of the first kind, order 0, by its power series. */
  private static double bessel(double x) {
    double quarter = x * x / 4;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-18 * sum; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }

  private static final class Tables {
    static final double SHAPE = Math.PI * WIDTH * (1 - 0.5 / OVERSAMPLING) * 0.99;
    static final double PEAK = bessel(SHAPE);
    static final double[] KERNEL = new double[(TABLE_STEPS + 1) * WIDTH];

    static {
      Arrays.setAll(
          KERNEL, i -> kernel((double) (i / WIDTH) / TABLE_STEPS + WIDTH / 2 - 1 - i % WIDTH));
    }
  }
}
