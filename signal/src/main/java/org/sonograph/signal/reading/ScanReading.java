package org.sonograph.signal.reading;

import java.util.List;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.synthesis.HighPass;

/**
 * Pixels are samples: a path leads through the picture from left to right, and the brightness under
 * it is the waveform, resampled to the picture's own duration. Frequencies below 35 Hz, the even
 * brightness among them, are taken out.
 */
public final class ScanReading extends CanvasReading {

  static final Parameter.Choice PATH =
      new Parameter.Choice(
          "path",
          "how the pixels are visited: raster (each column upward), boustrophedon (up and down in"
              + " turn) or hilbert (a Hilbert curve through tiles of 64)",
          List.of("boustrophedon", "raster", "hilbert"));

  private static final int TILE = 64;
  private static final double LOWEST_HZ = 35;

  /** For {@link java.util.ServiceLoader}. */
  public ScanReading() {
    super("scan", "pixels are samples, column after column", List.of(PATH));
  }

  @Override
  float[][] paint(Canvas canvas, ReadingRequest request) {
    String path = PATH.of(request.parameters());
    int pixels = Math.multiplyExact(canvas.columns(), canvas.rows());
    float[][] walked = new float[2][pixels];
    Walk walk = new Walk(canvas, walked);
    if (path.equals("hilbert")) {
      walk.hilbert();
    } else {
      for (int x = 0; x < canvas.columns(); x++) {
        boolean down = path.equals("boustrophedon") && x % 2 == 1;
        for (int y = 0; y < canvas.rows(); y++) {
          walk.visit(x, down ? canvas.rows() - 1 - y : y);
        }
      }
    }
    for (float[] side : walked) {
      centre(side);
    }
    // so many pixels become so many samples, column for column
    float[][] heard =
        Resampler.resample(new Sound(canvas.rows(), walked), canvas.hopSamples()).channels();
    float[][] out = new float[2][canvas.samples()];
    for (int c = 0; c < 2; c++) {
      System.arraycopy(heard[c], 0, out[c], 0, Math.min(canvas.paintedSamples(), heard[c].length));
      HighPass.apply(out[c], canvas.sampleRateHz(), LOWEST_HZ);
    }
    return out;
  }

  /** The path's pixels so far. */
  private static final class Walk {
    private final Canvas canvas;
    private final float[][] walked;
    private int at;

    Walk(Canvas canvas, float[][] walked) {
      this.canvas = canvas;
      this.walked = walked;
    }

    void visit(int x, int y) {
      int red = canvas.pixel(x, y, 0);
      int green = canvas.pixel(x, y, 1);
      int blue = canvas.pixel(x, y, 2);
      walked[0][at] = (2 * red + blue) / 765f;
      walked[1][at] = (2 * green + blue) / 765f;
      at++;
    }

    /**
     * Tile by tile upward, strip of tiles after strip; what lies outside the picture is skipped.
     */
    void hilbert() {
      for (int left = 0; left < canvas.columns(); left += TILE) {
        for (int low = 0; low < canvas.rows(); low += TILE) {
          for (int i = 0; i < TILE * TILE; i++) {
            tile(left, low, i);
          }
        }
      }
    }

    /** Visits the place of an index on the curve (Hilbert 1891, by pairs of bits). */
    private void tile(int left, int low, int index) {
      int x = 0;
      int y = 0;
      int rest = index;
      for (int side = 1; side < TILE; side *= 2) {
        int rx = rest / 2 & 1;
        int ry = (rest ^ rx) & 1;
        if (ry == 0) {
          if (rx == 1) {
            x = side - 1 - x;
            y = side - 1 - y;
          }
          int swap = x;
          x = y;
          y = swap;
        }
        x += side * rx;
        y += side * ry;
        rest /= 4;
      }
      if (left + x < canvas.columns() && low + y < canvas.rows()) {
        visit(left + x, low + y);
      }
    }
  }

  private static void centre(float[] samples) {
    double sum = 0;
    for (float v : samples) {
      sum += v;
    }
    float mean = (float) (sum / samples.length);
    for (int i = 0; i < samples.length; i++) {
      samples[i] -= mean;
    }
  }
}
