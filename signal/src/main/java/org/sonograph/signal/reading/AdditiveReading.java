package org.sonograph.signal.reading;

import java.util.List;
import java.util.SortedMap;
import org.sonograph.signal.phase.SplitMix;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.spectrogram.FrequencyAxis;
import org.sonograph.signal.synthesis.HighPass;
import org.sonograph.signal.synthesis.PartialBank;

/**
 * Every row a partial, its brightness the loudness: the oldest way to hear a picture (ANS). A row
 * sounds at its centre's frequency, {@code sum over rows of a(row, t) sin(2 pi f(row) t)}, the
 * amplitude in straight lines from column to column. A cut picture sounds as one.
 */
public final class AdditiveReading extends CanvasReading {

  static final Parameter.Choice CARRIER =
      new Parameter.Choice(
          "carrier",
          "what a row sounds with: a sine, a band of noise as wide as the row, or (Coagula's"
              + " colours) sines of red on the left and green on the right and noise of blue",
          List.of("sine", "noise", "colour"));

  static final Parameter.Whole PARTIALS =
      new Parameter.Whole(
          "partials", "how many rows the picture is read with; 0 = as many as it has", 0, 0, 4096);

  static final Parameter.Whole PER_OCTAVE =
      new Parameter.Whole(
          "per-octave",
          "how many partials an octave has, on a log axis, in place of partials; 0 = not asked",
          0,
          0,
          384);

  static final Parameter.Choice AXIS =
      new Parameter.Choice(
          "axis",
          "how pitches are spread over the rows: as in the picture, or log, mel or linear",
          List.of("picture", "log", "mel", "linear"));

  static final Parameter.Number LOW =
      new Parameter.Number(
          "low", "frequency at the lowest row's lower edge, Hz; 0 = the picture's", 0, 0, 20_000);

  static final Parameter.Number HIGH =
      new Parameter.Number(
          "high", "frequency at the highest row's upper edge, Hz; 0 = the picture's", 0, 0, 96_000);

  static final Parameter.Number FOCUS =
      new Parameter.Number(
          "focus",
          "how much a bright row hushes its neighbours, so that one tone is one partial; 0 = not at"
              + " all",
          2,
          0,
          8);

  static final Parameter.Pitches SCALE =
      new Parameter.Pitches("scale", "pitches that partials are moved to", "free");

  static final Parameter.Number ROOT =
      new Parameter.Number("root", "the scale's root, Hz", 55, 1, 20_000);

  /** Sines that fill a band of noise. */
  private static final int STRANDS = 4;

  /** Half the main lobe of a Hann window, in bins: what one tone smears over. */
  private static final double LOBE_BINS = 1.5;

  /** The lowest rows lie so close that a tone covers all of them. */
  private static final int MOST_REACH = 48;

  /** A low partial that comes and goes quickly leaves a push behind, which nobody hears. */
  private static final double LOWEST_HZ = 25;

  private static final double SETTLING_SECONDS = 0.15;

  /** For {@link java.util.ServiceLoader}. */
  public AdditiveReading() {
    super(
        "additive",
        "every row a partial, its brightness its loudness; red left, green right",
        List.of(
            CARRIER,
            PARTIALS,
            PER_OCTAVE,
            AXIS,
            LOW,
            HIGH,
            FOCUS,
            SCALE,
            ROOT,
            new Parameter.Seed("seed")));
  }

  @Override
  float[][] paint(Canvas drawn, ReadingRequest request) {
    Canvas canvas = rowed(drawn, request);
    Strands strands = Strands.of(CARRIER.of(request.parameters()), canvas.rows());
    Scale scale = SCALE.of(request.parameters());
    double root = ROOT.of(request.parameters());
    long seed = SplitMix.mix(request.seed());
    double[] hz = new double[strands.count()];
    double[] turns = new double[hz.length];
    for (int p = 0; p < hz.length; p++) {
      double within = strands.isTone(p) ? 0.5 : SplitMix.unit(seed - SplitMix.STEP * (p + 1));
      hz[p] = scale.nearestHz(canvas.axis().frequencyHz(strands.row(p) + within), root);
      turns[p] = SplitMix.unit(seed + SplitMix.STEP * p);
    }
    RowLevels levels = new RowLevels(canvas, lobe(canvas, request), FOCUS.of(request.parameters()));
    // the outermost columns are held beyond the sound, where the high-pass settles
    int lead = (int) Math.ceil(SETTLING_SECONDS / canvas.secondsPerColumn());
    int before = lead * canvas.hopSamples();
    int last = canvas.columns() - 1;
    float[][] out =
        new PartialBank(canvas.sampleRateHz(), canvas.hopSamples())
            .sum(
                new PartialBank.Partials(hz, turns),
                (column, left, right) ->
                    strands.fill(levels.of(Math.clamp(column - lead, 0, last)), left, right),
                new PartialBank.Span(
                    canvas.startSample() - before,
                    canvas.columns() + 2 * lead,
                    canvas.paintedSamples() + 2 * before));
    for (int side = 0; side < out.length; side++) {
      HighPass.applyBothWays(out[side], canvas.sampleRateHz(), LOWEST_HZ);
      float[] heard = new float[canvas.samples()];
      System.arraycopy(out[side], before, heard, 0, canvas.paintedSamples());
      out[side] = heard;
    }
    return out;
  }

  @Override
  public void check(SortedMap<String, String> given) {
    super.check(given);
    double low = LOW.of(given);
    double high = HIGH.of(given);
    if (low > 0 && high > 0 && high <= low) {
      throw new IllegalArgumentException(
          "parameter high=%s, expected more than low=%s"
              .formatted(HIGH.text(given), LOW.text(given)));
    }
    String axis = AXIS.of(given);
    if (PER_OCTAVE.of(given) > 0 && !axis.equals("picture") && !axis.equals("log")) {
      throw new IllegalArgumentException(
          "parameter per-octave=%s, expected axis=log with it, not %s"
              .formatted(PER_OCTAVE.text(given), axis));
    }
  }

  /** The canvas with the rows and the axis that were asked for. */
  private static Canvas rowed(Canvas drawn, ReadingRequest request) {
    FrequencyAxis asked = axis(drawn.axis(), request.parameters());
    Picture art =
        PillowResize.resize(
            drawn.art(), drawn.columns(), asked.rows(), PillowResize.Filter.BICUBIC);
    return drawn.withArt(art, asked);
  }

  private static FrequencyAxis axis(FrequencyAxis own, SortedMap<String, String> given) {
    int perOctave = PER_OCTAVE.of(given);
    String kind = perOctave > 0 ? "log" : AXIS.of(given);
    FrequencyAxis.Scale scale = kind.equals("picture") ? own.scale() : FrequencyAxis.Scale.of(kind);
    double low = LOW.of(given);
    if (low == 0) {
      // a log axis has no 0 Hz: it begins in the middle of the picture's lowest row
      low = scale == FrequencyAxis.Scale.LOG && own.lowHz() == 0 ? own.centreHz(0) : own.lowHz();
    }
    double high = HIGH.of(given) == 0 ? own.highHz() : HIGH.of(given);
    if (high <= low) {
      throw new IllegalArgumentException(
          "low=%s high=%s, expected low below high (additive)".formatted(low, high));
    }
    int partials = PARTIALS.of(given);
    if (perOctave > 0) {
      double octaves = Math.log(high / low) / Math.log(2);
      partials = Math.clamp(Math.round(octaves * perOctave), 1, PARTIALS.high());
    }
    return new FrequencyAxis(scale, low, high, partials == 0 ? own.rows() : partials);
  }

  /** Rows over which a single tone is smeared at each row, to either side; 0 = it is not. */
  private static int[] lobe(Canvas canvas, ReadingRequest request) {
    int[] reach = new int[canvas.rows()];
    double binHz =
        request.inversion().profile().equals("tape")
            ? (double) request.inversion().sampleRateHz() / request.inversion().nFft()
            : 0;
    for (int r = 0; r < reach.length; r++) {
      double centre = canvas.axis().centreHz(r);
      double above = Math.min(centre + LOBE_BINS * binHz, canvas.axis().highHz());
      reach[r] = (int) Math.min(MOST_REACH, canvas.axis().height(above) - r - 0.5);
    }
    return reach;
  }

  /**
   * Which partials stand for which rows.
   *
   * @param carrier see {@link #CARRIER}
   * @param tones rows that have a sine, or none
   * @param bands rows that have a band of noise, or none
   */
  private record Strands(String carrier, int tones, int bands) {

    static Strands of(String carrier, int rows) {
      return new Strands(
          carrier, carrier.equals("noise") ? 0 : rows, carrier.equals("sine") ? 0 : rows);
    }

    int count() {
      return tones + bands * STRANDS;
    }

    boolean isTone(int partial) {
      return partial < tones;
    }

    int row(int partial) {
      return isTone(partial) ? partial : (partial - tones) / STRANDS;
    }

    void fill(double[][] colour, double[] left, double[] right) {
      boolean byColour = carrier.equals("colour");
      double strand = 1 / Math.sqrt(STRANDS);
      for (int p = 0; p < left.length; p++) {
        int row = row(p);
        double red = colour[0][row];
        double green = colour[1][row];
        double blue = colour[2][row];
        if (byColour) {
          left[p] = isTone(p) ? red : blue * strand;
          right[p] = isTone(p) ? green : blue * strand;
        } else {
          double scale = isTone(p) ? 1 / 3.0 : strand / 3;
          left[p] = (2 * red + blue) * scale;
          right[p] = (2 * green + blue) * scale;
        }
      }
    }
  }
}
