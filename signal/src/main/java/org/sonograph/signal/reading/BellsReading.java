package org.sonograph.signal.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.sonograph.signal.synthesis.HighPass;
import org.sonograph.signal.synthesis.Note;
import org.sonograph.signal.synthesis.StruckMode;

/**
 * Bright spots are struck: height is pitch, size is how long they ring, colour is what they are
 * made of. Red rings like a string (harmonics), green like a church bell, blue like a bar; a grey
 * spot is a little of each. Every mode is {@code a e^(-t ln(1000) / T) sin(2 pi f t)}.
 */
public final class BellsReading extends CanvasReading implements NoteReading {

  static final Parameter.Whole MOST =
      new Parameter.Whole("most", "spots that are struck in a picture at most", 96, 1, 1000);

  static final Parameter.Number LEAST =
      new Parameter.Number(
          "least", "how much brighter than around it a spot must be, 0 to 1", 0.05, 0.005, 1);

  static final Parameter.Number LOW =
      new Parameter.Number("low", "pitch at the bottom, Hz", 110, 10, 20_000);

  static final Parameter.Number HIGH =
      new Parameter.Number("high", "pitch at the top, Hz", 1760, 11, 40_000);

  static final Parameter.Pitches SCALE =
      new Parameter.Pitches("scale", "pitches that may ring", "pentatonic");

  static final Parameter.Number ROOT =
      new Parameter.Number("root", "the scale's root, Hz", 110, 1, 20_000);

  static final Parameter.Number RING =
      new Parameter.Number(
          "ring",
          "seconds that a spot of an eighth of the height takes to fall by 60 dB",
          2,
          0.05,
          30);

  static final Parameter.Number TEMPO =
      new Parameter.Number(
          "tempo", "beats a minute that strokes are moved to, four to a beat; 0 = none", 0, 0, 400);

  private static final double[][] RATIOS = {
    {1, 2, 3, 4, 5}, {0.5, 1, 1.2, 1.5, 2, 2.67}, {1, 2.756, 5.404, 8.933}
  };

  private static final double[][] STRENGTHS = {
    {1, 0.5, 0.33, 0.25, 0.2}, {0.5, 1, 0.6, 0.4, 0.6, 0.25}, {1, 0.6, 0.35, 0.2}
  };

  /** Modes weaker than this share of the strongest are not heard. */
  private static final double FAINT = 0.03;

  /** A stroke leaves a push behind, which nobody hears. */
  private static final double LOWEST_HZ = 30;

  private static final double SHORTEST_SECONDS = 0.08;

  /** For {@link java.util.ServiceLoader}. */
  public BellsReading() {
    super(
        "bells",
        "bright spots are struck: height the pitch, size the ringing, colour what they are made of",
        List.of(MOST, LEAST, LOW, HIGH, SCALE, ROOT, RING, TEMPO));
  }

  /** A stroke: its note, how long it rings, and the colour of its spot. */
  private record Stroke(Note note, double ringSeconds, double[] colour) {}

  @Override
  public List<Note> notes(ReadingRequest request) {
    return strokes(Canvas.of(request, name()), request.parameters()).stream()
        .map(Stroke::note)
        .toList();
  }

  @Override
  float[][] paint(Canvas canvas, ReadingRequest request) {
    float[][] out = new float[2][canvas.samples()];
    for (Stroke stroke : strokes(canvas, request.parameters())) {
      int at = (int) (stroke.note.startSample() - canvas.startSample());
      if (at < out[0].length) {
        strike(stroke, at, canvas.sampleRateHz(), out);
      }
    }
    for (float[] side : out) {
      HighPass.apply(side, canvas.sampleRateHz(), LOWEST_HZ);
    }
    return out;
  }

  @Override
  public void check(SortedMap<String, String> given) {
    super.check(given);
    if (HIGH.of(given) <= LOW.of(given)) {
      throw new IllegalArgumentException(
          "parameter high=%s, expected more than low=%s"
              .formatted(HIGH.text(given), LOW.text(given)));
    }
  }

  private static List<Stroke> strokes(Canvas canvas, SortedMap<String, String> given) {
    double low = LOW.of(given);
    double high = HIGH.of(given);
    Scale scale = SCALE.of(given);
    List<Stroke> strokes = new ArrayList<>();
    for (Spots.Spot spot : Spots.of(canvas, LEAST.of(given), MOST.of(given))) {
      double height = (spot.row() + 0.5) / canvas.rows();
      double hz = scale.nearestHz(low * Math.pow(high / low, height), ROOT.of(given));
      double size = 8.0 * (2 * spot.radius() + 1) / canvas.rows();
      double ring = Math.max(SHORTEST_SECONDS, RING.of(given) * Math.sqrt(size));
      Note note =
          new Note(
              stroke(canvas, spot.column(), TEMPO.of(given)),
              (int) Math.min(Integer.MAX_VALUE, ring * canvas.sampleRateHz()),
              hz,
              Math.min(1, spot.brightness()),
              0);
      strokes.add(new Stroke(note, ring, spot.colour()));
    }
    strokes.sort(Comparator.comparingLong(s -> s.note.startSample()));
    return strokes;
  }

  private static long stroke(Canvas canvas, int column, double tempo) {
    long sample = canvas.startSample() + (long) column * canvas.hopSamples();
    if (tempo == 0) {
      return sample;
    }
    double step = 60 / tempo / 4 * canvas.sampleRateHz();
    return Math.max(canvas.startSample(), Math.round(Math.rint(sample / step) * step));
  }

  private static void strike(Stroke stroke, int at, int rate, float[][] out) {
    double[] c = stroke.colour;
    double sum = Math.max(1e-9, c[0] * c[0] + c[1] * c[1] + c[2] * c[2]);
    double left = 2 * c[0] + c[2];
    double right = 2 * c[1] + c[2];
    double norm = Math.max(1e-9, Math.hypot(left, right));
    for (int body = 0; body < RATIOS.length; body++) {
      double share = c[body] * c[body] / sum * stroke.note.loudness();
      for (int m = 0; m < RATIOS[body].length; m++) {
        double strength = share * STRENGTHS[body][m];
        if (strength < FAINT * stroke.note.loudness()) {
          continue;
        }
        double ratio = RATIOS[body][m];
        double decay = stroke.ringSeconds / Math.pow(Math.max(1, ratio), 0.7);
        StruckMode.add(
            new StruckMode.Mode(
                stroke.note.hz() * ratio, decay, strength * left / norm, strength * right / norm),
            rate,
            at,
            out);
      }
    }
  }
}
