package org.sonograph.signal.reading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import org.sonograph.signal.reading.PixelTraits.Patch;
import org.sonograph.signal.synthesis.HighPass;
import org.sonograph.signal.synthesis.Note;

/**
 * Voices that walk through the picture from left to right, each in its own band of rows, and turn
 * what they see into notes: by default red into pitch, green into loudness, blue into duration.
 *
 * <p>A voice looks at the patch of its band where the loudness trait is greatest within one step,
 * plays one note of it, and looks again when that note's duration is over. Pitch is {@code low *
 * 2^(octaves * trait)}, moved to the nearest pitch of the scale. Steps lie on a grid counted from
 * the track's start.
 */
public final class VoicesReading extends CanvasReading implements NoteReading {

  static final Parameter.Choice PITCH = route("pitch", "red");
  static final Parameter.Choice AMPLITUDE = route("amplitude", "green");
  static final Parameter.Choice DURATION = route("duration", "blue");
  static final Parameter.Choice PAN = route("pan", "x-gradient");
  static final Parameter.Choice TONE = route("tone", "brightness");
  static final Parameter.Choice NOISE = route("noise", "entropy");
  static final Parameter.Choice VIBRATO = route("vibrato", "y-gradient");

  static final Parameter.Whole VOICES =
      new Parameter.Whole("voices", "how many voices share the picture's height", 5, 1, 32);

  static final Parameter.Number CONTRAST =
      new Parameter.Number(
          "contrast",
          "how far traits are spread around their middle before they steer",
          1.6,
          0.1,
          8);

  static final Parameter.Number LOW =
      new Parameter.Number("low", "lowest pitch, Hz", 65.4, 10, 10_000);

  static final Parameter.Number OCTAVES =
      new Parameter.Number("octaves", "octaves from the lowest to the highest pitch", 4, 0, 10);

  static final Parameter.Pitches SCALE =
      new Parameter.Pitches("scale", "pitches that may be played", "pentatonic");

  static final Parameter.Number ROOT =
      new Parameter.Number("root", "the scale's root, Hz", 65.406, 1, 20_000);

  static final Parameter.Number STEP =
      new Parameter.Number(
          "step", "shortest note, seconds, where no tempo is given", 0.192, 0.02, 10);

  static final Parameter.Number TEMPO =
      new Parameter.Number("tempo", "beats a minute; 0 = no beat, steps in seconds", 0, 0, 400);

  static final Parameter.Whole DIVISION = new Parameter.Whole("division", "steps a beat", 4, 1, 32);

  static final Parameter.Whole LONGEST =
      new Parameter.Whole("longest", "longest note, steps", 8, 1, 64);

  static final Parameter.Number REST =
      new Parameter.Number("rest", "loudness trait below which a voice rests", 0.08, 0, 1);

  /** A note's beginning and breath leave a push behind, which nobody hears. */
  private static final double LOWEST_HZ = 30;

  /** Side of the patch a note is made of: a latent cell. */
  private static final int PATCH = 8;

  /** For {@link java.util.ServiceLoader}. */
  public VoicesReading() {
    super(
        "voices",
        "voices that play what they see: red the pitch, green the loudness, blue the duration",
        List.of(
            PITCH,
            AMPLITUDE,
            DURATION,
            PAN,
            TONE,
            NOISE,
            VIBRATO,
            VOICES,
            CONTRAST,
            LOW,
            OCTAVES,
            SCALE,
            ROOT,
            STEP,
            TEMPO,
            DIVISION,
            LONGEST,
            REST,
            new Parameter.Seed("seed")));
  }

  private static Parameter.Choice route(String what, String from) {
    List<String> words = new ArrayList<>(PixelTraits.NAMES);
    words.remove(from);
    words.addFirst(from);
    return new Parameter.Choice(what, "what steers the " + what, words);
  }

  /**
   * A note and what it is played with.
   *
   * @param note the note
   * @param pan 0 = left, 1 = right
   * @param tone 0 = dark, 1 = bright
   * @param noise share of breath, 0 to 1
   * @param vibrato depth, 0 to 1
   */
  record Played(Note note, double pan, double tone, double noise, double vibrato) {}

  @Override
  public List<Note> notes(ReadingRequest request) {
    return played(Canvas.of(request, name()), request.parameters()).stream()
        .map(Played::note)
        .toList();
  }

  @Override
  float[][] paint(Canvas canvas, ReadingRequest request) {
    float[][] out = new float[2][canvas.samples()];
    VoicePlayer player =
        new VoicePlayer(canvas.sampleRateHz(), canvas.startSample(), request.seed());
    for (Played note : played(canvas, request.parameters())) {
      player.play(note, out);
    }
    for (float[] side : out) {
      HighPass.apply(side, canvas.sampleRateHz(), LOWEST_HZ);
    }
    return out;
  }

  private static List<Played> played(Canvas canvas, SortedMap<String, String> given) {
    List<Played> all = new ArrayList<>();
    int voices = Math.min(VOICES.of(given), canvas.rows());
    for (int voice = 0; voice < voices; voice++) {
      all.addAll(new Voice(canvas, given, voice, voices).walk());
    }
    all.sort(
        Comparator.comparingLong((Played p) -> p.note().startSample())
            .thenComparingInt(p -> p.note().part()));
    return all;
  }

  /** One voice on its way. */
  private static final class Voice {
    private final Canvas canvas;
    private final SortedMap<String, String> given;
    private final int voice;
    private final int voices;
    private final int fromRow;
    private final int rows;
    private final double stepSamples;
    private final double contrast;
    private final double rest;
    private final Scale scale;

    Voice(Canvas canvas, SortedMap<String, String> given, int voice, int voices) {
      this.canvas = canvas;
      this.given = given;
      this.voice = voice;
      this.voices = voices;
      this.fromRow = voice * canvas.rows() / voices;
      this.rows = (voice + 1) * canvas.rows() / voices - fromRow;
      double tempo = TEMPO.of(given);
      double seconds = tempo == 0 ? STEP.of(given) : 60 / tempo / DIVISION.of(given);
      this.stepSamples = Math.max(1, seconds * canvas.sampleRateHz());
      this.contrast = CONTRAST.of(given);
      this.rest = REST.of(given);
      this.scale = SCALE.of(given);
    }

    List<Played> walk() {
      List<Played> notes = new ArrayList<>();
      int longest = LONGEST.of(given);
      long step = (long) Math.ceil(canvas.startSample() / stepSamples);
      while (sample(step) < canvas.startSample() + canvas.paintedSamples()) {
        PixelTraits seen = look(step);
        double amplitude = seen.named(AMPLITUDE.of(given));
        int steps = 1;
        if (amplitude >= rest && amplitude > 0) {
          steps += (int) Math.round(spread(seen, DURATION) * (longest - 1));
          notes.add(played(seen, step, steps));
        }
        step += steps;
      }
      return notes;
    }

    private long sample(long step) {
      return Math.round(step * stepSamples);
    }

    private Played played(PixelTraits seen, long step, int steps) {
      double free = LOW.of(given) * Math.pow(2, OCTAVES.of(given) * spread(seen, PITCH));
      Note note =
          new Note(
              sample(step),
              (int) (sample(step + steps) - sample(step)),
              scale.nearestHz(free, ROOT.of(given)),
              spread(seen, AMPLITUDE),
              voice);
      // voices stand beside each other, and lean where they are steered
      double place = voices == 1 ? 0.5 : 0.25 + 0.5 * (voice * 2 % voices) / (voices - 1.0);
      return new Played(
          note,
          Math.clamp(place + spread(seen, PAN) - 0.5, 0, 1),
          spread(seen, TONE),
          spread(seen, NOISE),
          Math.abs(2 * spread(seen, VIBRATO) - 1));
    }

    private double spread(PixelTraits seen, Parameter.Choice route) {
      double trait = seen.named(route.of(given));
      return Math.clamp(0.5 + contrast * (trait - 0.5), 0, 1);
    }

    /** The patch within the step's columns and the voice's rows where the loudness is greatest. */
    private PixelTraits look(long step) {
      int from = column(sample(step));
      int until = Math.max(from + 1, column(sample(step + 1)));
      PixelTraits best = null;
      String amplitude = AMPLITUDE.of(given);
      for (int x = from; x < until; x += PATCH) {
        for (int y = fromRow; y < fromRow + rows; y += PATCH) {
          Patch patch =
              new Patch(x, y, Math.min(PATCH, until - x), Math.min(PATCH, fromRow + rows - y));
          PixelTraits seen = PixelTraits.of(canvas, patch);
          if (best == null || seen.named(amplitude) > best.named(amplitude)) {
            best = seen;
          }
        }
      }
      return best;
    }

    private int column(long sample) {
      long column = (sample - canvas.startSample()) / canvas.hopSamples();
      return (int) Math.clamp(column, 0, canvas.columns() - 1L);
    }
  }
}
