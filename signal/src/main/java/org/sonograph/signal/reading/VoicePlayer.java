package org.sonograph.signal.reading;

import java.util.HashMap;
import java.util.Map;
import org.sonograph.signal.phase.SplitMix;
import org.sonograph.signal.reading.VoicesReading.Played;
import org.sonograph.signal.synthesis.CycleTable;
import org.sonograph.signal.synthesis.Note;

/**
 * Plays notes: a tone of falling harmonics with breath and vibrato, a soft beginning, a slow fall
 * and a release within its duration. It has working memory: one thread at a time.
 */
final class VoicePlayer {
  private static final int MOST_HARMONICS = 24;
  private static final double DARKEST_FALL = 3;
  private static final double BRIGHTEST_FALL = 1;
  private static final double RANGE_DB = 30;
  private static final double ATTACK_SECONDS = 0.012;
  private static final double RELEASE_SECONDS = 0.12;

  /** A held note falls by half in this time. */
  private static final double HALF_LIFE_SECONDS = 0.9;

  private static final double VIBRATO_HZ = 5.4;
  private static final double VIBRATO_CENTS = 35;
  private static final double BREATH = 0.5;

  private final int sampleRateHz;
  private final long startSample;
  private final long seed;
  private final Map<Integer, CycleTable> tables = new HashMap<>();

  VoicePlayer(int sampleRateHz, long startSample, long seed) {
    this.sampleRateHz = sampleRateHz;
    this.startSample = startSample;
    this.seed = SplitMix.mix(seed);
  }

  /**
   * Adds a note.
   *
   * @param sound {@code [left, right][sample]} from the player's first sample on
   */
  void play(Played played, float[][] sound) {
    Note note = played.note();
    if (note.hz() >= 0.49 * sampleRateHz) {
      return;
    }
    CycleTable table = table(played.tone(), note.hz());
    double gain = Math.pow(10, (note.loudness() - 1) * RANGE_DB / 20);
    float left = (float) (gain * Math.cos(Math.PI / 2 * played.pan()));
    float right = (float) (gain * Math.sin(Math.PI / 2 * played.pan()));
    int from = (int) (note.startSample() - startSample);
    int count = Math.min(note.samples(), sound[0].length - from);
    Breath breath = new Breath(note, BREATH * played.noise());
    double fall = Math.pow(0.5, 1 / (HALF_LIFE_SECONDS * sampleRateHz));
    double depth = played.vibrato() * VIBRATO_CENTS / 1200 * Math.log(2);
    double held = 1;
    double turn = 0;
    double speed = note.hz() / sampleRateHz;
    double sway = 2 * Math.PI * VIBRATO_HZ / sampleRateHz;
    for (int i = 0; i < count; i++) {
      float v = (float) (held * edge(i, note.samples())) * (table.at(turn) + breath.next());
      sound[0][from + i] += left * v;
      sound[1][from + i] += right * v;
      held *= fall;
      // the vibrato moves slowly: sixteen samples at a time
      if ((i & 15) == 0 && depth > 0) {
        speed = note.hz() / sampleRateHz * (1 + depth * Math.sin(sway * i));
      }
      turn += speed;
      turn -= (int) turn;
    }
  }

  private CycleTable table(double tone, double hz) {
    int shade = (int) Math.round(tone * 16);
    int highest = (int) Math.clamp(0.45 * sampleRateHz / hz, 1, MOST_HARMONICS);
    double fall = DARKEST_FALL + (BRIGHTEST_FALL - DARKEST_FALL) * shade / 16;
    return tables.computeIfAbsent(
        shade * (MOST_HARMONICS + 1) + highest, key -> CycleTable.falling(fall, highest));
  }

  /** Half cosines at both ends. */
  private double edge(int sample, int samples) {
    int attack = (int) Math.min(ATTACK_SECONDS * sampleRateHz, samples / 3.0);
    int release = (int) Math.min(RELEASE_SECONDS * sampleRateHz, samples / 2.0);
    if (sample < attack) {
      return 0.5 - 0.5 * Math.cos(Math.PI * sample / attack);
    }
    int left = samples - 1 - sample;
    return left < release ? 0.5 - 0.5 * Math.cos(Math.PI * left / release) : 1;
  }

  /** Noise through a resonance at the note's pitch. */
  private final class Breath {
    private static final double WIDTH = 0.12;

    private final float level;
    private final double a;
    private final double b;
    private long state;
    private double now;
    private double before;

    Breath(Note note, double level) {
      double w = 2 * Math.PI * note.hz() / sampleRateHz;
      double r = Math.exp(-w * WIDTH / 2);
      this.a = 2 * r * Math.cos(w);
      this.b = -r * r;
      // white noise of power 1/3 through two poles has about this power
      double power = (1 - b) / ((1 + b) * ((1 - b) * (1 - b) - a * a)) / 3;
      this.level = (float) (level / Math.sqrt(Math.max(power, 1e-12)));
      this.state = SplitMix.mix(seed + note.startSample() * 64 + note.part());
    }

    float next() {
      if (level == 0) {
        return 0;
      }
      double white = 2 * SplitMix.unit(state += SplitMix.STEP) - 1;
      double next = white + a * now + b * before;
      before = now;
      now = next;
      return (float) next * level;
    }
  }
}
