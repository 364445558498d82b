import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.Set;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** The ten sounds of benchmarks/ear/run, twenty seconds each. */
class EarSounds {
  static final int RATE = 48_000;
  private static final int SECONDS = 20;

  /** Kinds that begin again and again, clearly: where onsets may be asked for. */
  static final Set<Integer> BEATS = Set.of(1, 4, 7);

  public static void main(String[] args) throws Exception {
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      Sound sound = Sound.mono(RATE, made(i));
      Files.write(
          Path.of(args[0], "sound-%02d.wav".formatted(i)),
          WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
    }
  }

  /** Ten kinds of sound: tones, beats, noise, speech-like formants, sweeps, near silence. */
  private static float[] made(int kind) {
    Random random = new Random(kind);
    float[] out = new float[SECONDS * RATE];
    double phase = 0;
    double low = 0;
    for (int i = 0; i < out.length; i++) {
      double t = (double) i / RATE;
      double white = random.nextGaussian();
      double beat = t * (kind < 5 ? 2 : 3) % 1;
      phase += (kind == 3 ? 100 * Math.pow(2, t / 4) : 110 * (1 + (int) (t / 2) % 4)) / RATE;
      low += 0.02 * (white - low);
      out[i] =
          (float)
              switch (kind) {
                case 0 -> 0.2 * (sine(220 * t) + sine(277.2 * t) + sine(329.6 * t)) * (0.6 + 0.4 * sine(0.2 * t));
                case 1 -> Math.exp(-18 * beat) * (0.5 * sine(55 * t) + 0.15 * white);
                case 2 -> 0.15 * white * (0.5 + 0.5 * sine(0.1 * t));
                case 3 -> 0.3 * sine(phase);
                case 4 -> 0.4 * saw(phase) * (1 - beat);
                case 5 -> 1.5 * low * (0.7 + 0.3 * sine(0.5 * t));
                case 6 -> 0.25 * saw(phase) * Math.abs(sine(1.7 * t)) * (0.6 + 0.4 * sine(700 * t));
                case 7 -> Math.exp(-6 * beat) * 0.4 * sine(660 * t + 2 * sine(231 * t));
                case 8 -> 0.002 * white + 0.003 * sine(440 * t);
                default -> (random.nextInt(4000) == 0 ? 0.8 : 0) + 0.02 * white;
              };
    }
    return out;
  }

  private static double sine(double turns) {
    return Math.sin(2 * Math.PI * turns);
  }

  private static double saw(double turns) {
    return 2 * (turns - Math.floor(turns)) - 1;
  }
}
