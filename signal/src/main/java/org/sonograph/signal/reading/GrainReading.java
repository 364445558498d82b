package org.sonograph.signal.reading;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sonograph.signal.phase.SplitMix;
import org.sonograph.signal.synthesis.HighPass;

/**
 * The source's own sound, scattered: at every tick a pixel is drawn from the column, bright ones
 * more often, and says which grain of the source is heard. How bright the column is decides whether
 * there is one; red sends it forward in time and its absence back, blue lifts its pitch and green
 * lowers it, red and green pull it to either side, brightness is its loudness.
 *
 * <p>Without the source's sound the grains are taken from what {@code additive} makes of the
 * picture.
 */
public final class GrainReading extends CanvasReading {

  static final Parameter.Number DENSITY =
      new Parameter.Number("density", "ticks a second", 90, 1, 1000);

  static final Parameter.Number SIZE =
      new Parameter.Number("size", "length of a grain, seconds", 0.09, 0.005, 2);

  static final Parameter.Number REACH =
      new Parameter.Number("reach", "how far from its place a grain may come, seconds", 0.4, 0, 5);

  static final Parameter.Number OCTAVES =
      new Parameter.Number("octaves", "how far colours move the pitch, octaves", 1, 0, 4);

  static final Parameter.Pitches SCALE =
      new Parameter.Pitches("scale", "intervals that a grain may be moved by", "free");

  /** Short grains of low sound leave a push behind, which nobody hears. */
  private static final double LOWEST_HZ = 40;

  /** A column this bright has a grain at every tick. */
  private static final double FULL = 0.5;

  /** For {@link java.util.ServiceLoader}. */
  public GrainReading() {
    super(
        "grain",
        "the source itself in grains: the picture says which, how many, how high and where",
        List.of(DENSITY, SIZE, REACH, OCTAVES, SCALE, new Parameter.Seed("seed")));
  }

  @Override
  public boolean wantsSource() {
    return true;
  }

  @Override
  float[][] paint(Canvas canvas, ReadingRequest request) {
    SortedMap<String, String> given = request.parameters();
    SourceSound source = request.source().orElseGet(() -> ownSound(request));
    float[][] out = new float[2][canvas.samples()];
    Cloud cloud = new Cloud(canvas, source, window((int) (SIZE.of(given) * canvas.sampleRateHz())));
    double every = canvas.sampleRateHz() / DENSITY.of(given);
    long seed = SplitMix.mix(request.seed());
    Scale scale = SCALE.of(given);
    // a grain is centred on its tick
    for (long tick = (long) Math.ceil(canvas.startSample() / every);
        tick * every < canvas.startSample() + canvas.paintedSamples();
        tick++) {
      int at = (int) (Math.round(tick * every) - canvas.startSample());
      int column = Math.min(at / canvas.hopSamples(), canvas.columns() - 1);
      long state = seed + SplitMix.STEP * 4 * tick;
      if (SplitMix.unit(state + SplitMix.STEP) * FULL > cloud.brightness[column]) {
        continue;
      }
      double[] pixel = cloud.drawn(column, SplitMix.unit(state));
      double octaves = OCTAVES.of(given) * (pixel[2] - pixel[1]);
      double speed = scale.nearestHz(Math.pow(2, octaves), 1);
      double offset = REACH.of(given) * (2 * pixel[0] - 1) * canvas.sampleRateHz();
      cloud.add(out, at, new Grain(at + offset, speed, pixel));
    }
    for (float[] side : out) {
      HighPass.apply(side, canvas.sampleRateHz(), LOWEST_HZ);
    }
    return out;
  }

  private static SourceSound ownSound(ReadingRequest request) {
    ReadingRequest plain =
        new ReadingRequest(request.art(), request.inversion(), request.position(), new TreeMap<>());
    return new SourceSound(new AdditiveReading().read(plain).sound(), 0);
  }

  private static float[] window(int length) {
    float[] window = new float[Math.max(2, length)];
    for (int i = 0; i < window.length; i++) {
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / window.length));
    }
    return window;
  }

  /** Where in the source a grain is centred (samples of the sound), its speed, and its pixel. */
  private record Grain(double centre, double speed, double[] pixel) {}

  /** The columns to draw from, and the sound to take from. */
  private static final class Cloud {
    private final Canvas canvas;
    private final float[][] material;
    private final double ratio;
    private final int context;
    private final float[] window;
    private final double[][] heaped;
    private final double[] brightness;

    Cloud(Canvas canvas, SourceSound source, float[] window) {
      this.canvas = canvas;
      this.material = source.sound().channels();
      this.ratio = (double) source.sound().sampleRateHz() / canvas.sampleRateHz();
      this.context = source.contextBeforeSamples();
      this.window = window;
      this.heaped = new double[canvas.columns()][canvas.rows() + 1];
      this.brightness = new double[canvas.columns()];
      for (int x = 0; x < heaped.length; x++) {
        for (int y = 0; y < canvas.rows(); y++) {
          double light =
              (canvas.pixel(x, y, 0) + canvas.pixel(x, y, 1) + canvas.pixel(x, y, 2)) / 765.0;
          brightness[x] += light / canvas.rows();
          heaped[x][y + 1] = heaped[x][y] + light * light;
        }
      }
    }

    /** A pixel of a column, 0 to 1 a channel; bright ones are likelier. */
    double[] drawn(int column, double chance) {
      double[] heap = heaped[column];
      double wanted = chance * heap[heap.length - 1];
      int low = 0;
      int high = heap.length - 1;
      while (high - low > 1) {
        int middle = (low + high) >>> 1;
        if (heap[middle] <= wanted) {
          low = middle;
        } else {
          high = middle;
        }
      }
      return new double[] {
        canvas.pixel(column, low, 0) / 255.0,
        canvas.pixel(column, low, 1) / 255.0,
        canvas.pixel(column, low, 2) / 255.0
      };
    }

    void add(float[][] out, int at, Grain grain) {
      double[] c = grain.pixel;
      double light = (c[0] + c[1] + c[2]) / 3;
      double pan = 0.5 + (c[1] - c[0]) / 2;
      double speed = grain.speed * ratio;
      int half = window.length / 2;
      double first = context + grain.centre * ratio - half * speed;
      for (int side = 0; side < 2; side++) {
        double angle = Math.PI / 2 * (side == 0 ? 1 - pan : pan);
        float gain = (float) (light * Math.sin(angle));
        float[] from = material[Math.min(side, material.length - 1)];
        float[] to = out[side];
        int begin = Math.max(0, half - at);
        int end = Math.min(window.length, to.length - at + half);
        for (int i = begin; i < end; i++) {
          double place = first + i * speed;
          int whole = (int) Math.floor(place);
          if (whole >= 0 && whole + 1 < from.length) {
            float share = (float) (place - whole);
            float v = from[whole] + share * (from[whole + 1] - from[whole]);
            to[at - half + i] += gain * window[i] * v;
          }
        }
      }
    }
  }
}
