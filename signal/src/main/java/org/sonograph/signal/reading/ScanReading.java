package org.sonograph.signal.reading;

import java.util.Arrays;
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
    // one column more than there is: the path's end is held, and does not click
    int pixels = Math.multiplyExact(canvas.columns() + 1, canvas.rows());
    float[][] walked = new float[2][pixels];
    Walk walk = new Walk(canvas, walked);
    if (path.equals("hilbert")) {
      walk.hilbert();
    } else {
      long first = walk.firstColumn();
      for (int x = 0; x < canvas.columns(); x++) {
        boolean down = path.equals("boustrophedon") && (first + x) % 2 == 1;
        for (int y = 0; y < canvas.rows(); y++) {
          walk.visit(x, down ? canvas.rows() - 1 - y : y);
        }
      }
    }
    walk.hold();
    walk.beginAtZero();
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

    /** Stays at the last pixel. */
    void hold() {
      for (float[] side : walked) {
        Arrays.fill(side, at, side.length, side[at - 1]);
      }
    }

    /**
     * Takes out the mean of the first column: nothing that comes later counts, so that a picture
     * that is cut begins as the whole did.
     */
    void beginAtZero() {
      double[] sum = new double[2];
      for (int y = 0; y < canvas.rows(); y++) {
        for (int side = 0; side < 2; side++) {
          sum[side] += 2 * canvas.pixel(0, y, side) + canvas.pixel(0, y, 2);
        }
      }
      for (int side = 0; side < 2; side++) {
        float mean = (float) (sum[side] / canvas.rows() / 765);
        for (int i = 0; i < walked[side].length; i++) {
          walked[side][i] -= mean;
        }
      }
    }

    /** The picture's first column, counted from the track's start. */
    long firstColumn() {
      return canvas.startSample() / canvas.hopSamples();
    }

    /**
     * Tile by tile upward, strip of tiles after strip, from the track's start on; what lies outside
     * the picture is skipped.
     */
    void hilbert() {
      for (int left = -(int) (firstColumn() % TILE); left < canvas.columns(); left += TILE) {
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
      if (left + x >= 0 && left + x < canvas.columns() && low + y < canvas.rows()) {
        visit(left + x, low + y);
      }
    }
  }
}
