package org.sonograph.signal.sound;

/** The Kaiser window's Bessel function. */
public final class Kaiser {
  private Kaiser() {}

  /** Modified Bessel function of the first kind, order zero, by its power series. */
  public static double bessel(double x) {
    double sum = 1;
    double term = 1;
    double q = x * x / 4;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= q / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
