package org.sonograph.signal.reading;

import java.util.Arrays;
import java.util.List;
import org.sonograph.signal.transform.FrameFft;

/**
 * Every column is one cycle of a tone: its brightnesses from the bottom up are the waveform, freed
 * of its mean and of harmonics above half the rate, and one column melts into the next. The pitch
 * is a note's, or follows red, or the source.
 */
public final class WavetableReading extends CanvasReading {

  static final Parameter.Choice PITCH =
      new Parameter.Choice(
          "pitch",
          "what the pitch follows: a note, the column's red, or the source's own pitch (a note"
              + " where there is no source)",
          List.of("note", "red", "source"));

  static final Parameter.Number NOTE =
      new Parameter.Number("note", "the note, or the lowest pitch of red, Hz", 110, 10, 4000);

  static final Parameter.Number OCTAVES =
      new Parameter.Number("octaves", "octaves that red spans", 3, 0, 8);

  static final Parameter.Pitches SCALE =
      new Parameter.Pitches("scale", "pitches that red may take", "pentatonic");

  static final Parameter.Whole HARMONICS =
      new Parameter.Whole("harmonics", "highest harmonic that sounds", 32, 1, 512);

  private static final int POINTS = 2048;

  /** For {@link java.util.ServiceLoader}. */
  public WavetableReading() {
    super(
        "wavetable",
        "every column one cycle of a tone, melting into the next",
        List.of(PITCH, NOTE, OCTAVES, SCALE, HARMONICS));
  }

  @Override
  public boolean wantsSource() {
    return true;
  }

  @Override
  float[][] paint(Canvas canvas, ReadingRequest request) {
    double[] hz = pitches(canvas, request);
    double highest = Arrays.stream(hz).max().orElseThrow();
    int harmonics =
        (int)
            Math.clamp(
                Math.min(0.45 * canvas.sampleRateHz() / highest, (canvas.rows() - 1) / 2.0),
                1,
                HARMONICS.of(request.parameters()));
    float[][][] tables = {tables(canvas, 0, harmonics), tables(canvas, 1, harmonics)};
    float[][] out = new float[2][canvas.samples()];
    double seconds = (double) canvas.startSample() / canvas.sampleRateHz();
    double turn = hz[0] * seconds - Math.floor(hz[0] * seconds);
    for (int i = 0; i < canvas.paintedSamples(); i++) {
      int column = i / canvas.hopSamples();
      int next = Math.min(column + 1, canvas.columns() - 1);
      float share = (float) (i - column * canvas.hopSamples()) / canvas.hopSamples();
      double place = turn * POINTS;
      int whole = (int) place;
      float fine = (float) (place - whole);
      for (int c = 0; c < 2; c++) {
        float now = at(tables[c][column], whole, fine);
        float then = at(tables[c][next], whole, fine);
        out[c][i] = now + share * (then - now);
      }
      turn += (hz[column] + share * (hz[next] - hz[column])) / canvas.sampleRateHz();
      turn -= (int) turn;
    }
    return out;
  }

  private static float at(float[] table, int whole, float fine) {
    return table[whole] + fine * (table[whole + 1] - table[whole]);
  }

  private static double[] pitches(Canvas canvas, ReadingRequest request) {
    double note = NOTE.of(request.parameters());
    double[] hz = new double[canvas.columns()];
    Arrays.fill(hz, note);
    String follow = PITCH.of(request.parameters());
    if (follow.equals("red")) {
      Scale scale = SCALE.of(request.parameters());
      for (int x = 0; x < hz.length; x++) {
        double sum = 0;
        for (int y = 0; y < canvas.rows(); y++) {
          sum += canvas.pixel(x, y, 0);
        }
        double red = sum / (255.0 * canvas.rows());
        hz[x] = scale.nearestHz(note * Math.pow(2, OCTAVES.of(request.parameters()) * red), note);
      }
    } else if (follow.equals("source") && request.source().isPresent()) {
      SourcePitch.follow(request.source().get(), canvas, hz);
    }
    return hz;
  }

  /** {@code [column][point]}, one point more than a cycle; side 0 is left. */
  private static float[][] tables(Canvas canvas, int side, int harmonics) {
    int rows = canvas.rows();
    FrameFft forward = FrameFft.of(rows);
    FrameFft inverse = FrameFft.of(POINTS);
    int batch = Math.min(forward.batch(), inverse.batch());
    double[][] cycle = new double[batch][rows];
    double[][] re = new double[batch][forward.bins()];
    double[][] im = new double[batch][forward.bins()];
    double[][] toRe = new double[batch][inverse.bins()];
    double[][] toIm = new double[batch][inverse.bins()];
    double[][] points = new double[batch][POINTS];
    float[][] out = new float[canvas.columns()][POINTS + 1];
    int last = Math.min(harmonics, forward.bins() - 1);
    for (int x = 0; x < out.length; x += batch) {
      int count = Math.min(batch, out.length - x);
      for (int i = 0; i < count; i++) {
        for (int y = 0; y < rows; y++) {
          cycle[i][y] = (2 * canvas.pixel(x + i, y, side) + canvas.pixel(x + i, y, 2)) / 765.0;
        }
      }
      forward.forward(cycle, count, re, im);
      for (int i = 0; i < count; i++) {
        for (int h = 1; h <= last; h++) {
          toRe[i][h] = re[i][h] * POINTS / rows;
          toIm[i][h] = im[i][h] * POINTS / rows;
        }
      }
      inverse.inverse(toRe, toIm, count, points);
      for (int i = 0; i < count; i++) {
        for (int p = 0; p <= POINTS; p++) {
          out[x + i][p] = (float) points[i][p % POINTS];
        }
      }
    }
    return out;
  }
}
