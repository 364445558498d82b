import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.signal.compare.Survival;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.TruePeak;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/** What sound.md asks of one sound, in figures; NaN where a figure means nothing for it. */
class EarFigures {
  static final int HOP = 576;
  private static final int WINDOW = 4096;
  private static final int STEP = 448 * HOP;
  private static final int OVERLAP = 64 * HOP;

  /** A source flatter than this is noise itself. */
  private static final double NOISE = 0.1;

  /** A source whose momentary loudness moves less has no form to follow, LU. */
  private static final double EVEN_LU = 1;

  private final float[] mono;
  private final int rate;

  /** Narrow enough to tell 30 Hz from the lowest row, 41 Hz. */
  private static final int LONG_WINDOW = 32_768;

  private final double[] envelope;
  private final double[] power = new double[LONG_WINDOW / 2 + 1];
  private final double flatness;

  EarFigures(Sound sound) {
    this.mono = mono(sound);
    this.rate = sound.sampleRateHz();
    this.envelope = windowed(mono, rate);
    spectrum();
    this.flatness = flatness();
  }

  /** Figures of a sound heard, by name, in the order of the table. */
  static Map<String, Double> of(Sound source, EarFigures sources, Sound heard, boolean hasBeats) {
    EarFigures own = new EarFigures(heard);
    Map<String, Double> out = new LinkedHashMap<>();
    out.put("loudness, LUFS", LoudnessMeter.integratedLufs(heard.sampleRateHz(), heard.channels()));
    out.put("true peak, dBTP", TruePeak.dbtp(heard.channels()));
    double all = own.energy(0, 1e9);
    boolean noise = sources.flatness > NOISE;
    double high = 10 * Math.log10(own.energy(6000, 1e9) / all + 1e-12);
    out.put("above 6 kHz, dB", noise ? Double.NaN : high);
    out.put("below 30 Hz, dB", 10 * Math.log10(own.energy(0, 30) / all + 1e-12));
    out.put("centroid, Hz", noise ? Double.NaN : own.centroid(all));
    out.put("DC, dBFS", own.meanDb());
    out.put("flatness", noise ? Double.NaN : own.flatness);
    out.put("hop line, dB", own.hopLine());
    out.put("central 90 %, octaves", own.octaves(all));
    out.put("first 20 ms over the next second, dB", own.start());
    Survival survived = Survival.of(source, heard);
    out.put("loudness form", isEven(source) ? Double.NaN : survived.loudnessForm());
    out.put("onsets", hasBeats ? survived.onsets() : Double.NaN);
    return out;
  }

  static float[] mono(Sound sound) {
    float[] mono = new float[sound.length()];
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < mono.length; i++) {
        mono[i] += channel[i] / sound.channelCount();
      }
    }
    return mono;
  }

  private static boolean isEven(Sound source) {
    float[] curve =
        LoudnessMeter.momentaryLufs(
            source.sampleRateHz(), source.channels(), source.sampleRateHz() / 10);
    double mean = 0;
    for (float v : curve) {
      mean += Math.max(-60, v) / curve.length;
    }
    double spread = 0;
    for (float v : curve) {
      spread += Math.pow(Math.max(-60, v) - mean, 2) / curve.length;
    }
    return Math.sqrt(spread) < EVEN_LU;
  }

  /** Level steps between windows of 50 ms, dB: those in the overlaps, or those elsewhere. */
  List<Double> steps(boolean atSeams) {
    int window = rate / 20;
    List<Double> steps = new ArrayList<>();
    double before = Double.NaN;
    for (int from = 0; from + window <= mono.length; from += window) {
      double power = 1e-9;
      for (int i = from; i < from + window; i++) {
        power += mono[i] * mono[i] / window;
      }
      double level = 10 * Math.log10(power);
      boolean seam = from >= STEP && from % STEP < OVERLAP;
      if (!Double.isNaN(before) && seam == atSeams) {
        steps.add(Math.abs(level - before));
      }
      before = level;
    }
    return steps;
  }

  /** Fills the power spectrum of the frames that lie within the sound: its ends are no sound. */
  private void spectrum() {
    Spectrum spectrum = new Stft(LONG_WINDOW, LONG_WINDOW / 2).forward(doubles());
    for (int f = 1; f < spectrum.frames() - 2; f++) {
      for (int k = 0; k < power.length; k++) {
        power[k] += Math.pow(spectrum.re()[f][k], 2) + Math.pow(spectrum.im()[f][k], 2);
      }
    }
  }

  /** The median over the frames that sound. */
  private double flatness() {
    Spectrum spectrum = new Stft(WINDOW, WINDOW / 2).forward(doubles());
    int low = (int) (100.0 * WINDOW / rate);
    int high = Math.min(WINDOW / 2, (int) (8000.0 * WINDOW / rate));
    List<Double> flat = new ArrayList<>();
    for (int f = 0; f < spectrum.frames(); f++) {
      double logs = 0;
      double sum = 0;
      for (int k = low; k < high; k++) {
        double p = Math.pow(spectrum.re()[f][k], 2) + Math.pow(spectrum.im()[f][k], 2) + 1e-12;
        logs += Math.log(p) / (high - low);
        sum += p / (high - low);
      }
      if (sum > 1e-6) {
        flat.add(Math.exp(logs) / sum);
      }
    }
    return percentile(flat, 0.5);
  }

  private double[] doubles() {
    double[] samples = new double[Math.max(4 * LONG_WINDOW, mono.length)];
    for (int i = 0; i < mono.length; i++) {
      samples[i] = mono[i];
    }
    return samples;
  }

  private double energy(double fromHz, double untilHz) {
    double sum = 0;
    for (int k = 0; k < power.length; k++) {
      double hz = (double) k * rate / LONG_WINDOW;
      sum += hz >= fromHz && hz < untilHz ? power[k] : 0;
    }
    return sum;
  }

  private double centroid(double all) {
    double centroid = 0;
    for (int k = 0; k < power.length; k++) {
      centroid += (double) k * rate / LONG_WINDOW * power[k] / all;
    }
    return centroid;
  }

  /** From where 5 % of the energy lie below to where 5 % lie above. */
  private double octaves(double all) {
    double sum = 0;
    double low = 0;
    for (int k = 1; k < power.length; k++) {
      sum += power[k];
      low = low == 0 && sum >= 0.05 * all ? k : low;
      if (sum >= 0.95 * all) {
        return Math.log(k / low) / Math.log(2);
      }
    }
    return Double.NaN;
  }

  private double meanDb() {
    double mean = 0;
    for (float v : mono) {
      mean += v / mono.length;
    }
    return 20 * Math.log10(Math.abs(mean) + 1e-9);
  }

  private double start() {
    return level(0, rate / 50) - level(rate / 50, rate / 50 + rate);
  }

  private double level(int from, int until) {
    double sum = 1e-12;
    for (int i = from; i < Math.min(until, mono.length); i++) {
      sum += mono[i] * mono[i] / (until - from);
    }
    return 10 * Math.log10(sum);
  }

  /** The envelope's spectrum at the rate of the columns over the median of its neighbours, dB. */
  private double hopLine() {
    double hz = (double) EarSounds.RATE / HOP;
    double at = line(hz);
    List<Double> beside = new ArrayList<>();
    for (double d = 3; d <= 12; d += 1.5) {
      beside.add(line(hz - d));
      beside.add(line(hz + d));
    }
    return 10 * Math.log10(at / percentile(beside, 0.5));
  }

  /** Power of the envelope at a frequency, second by second, under a Hann window. */
  private double line(double hz) {
    double turnRe = Math.cos(2 * Math.PI * hz / rate);
    double turnIm = Math.sin(2 * Math.PI * hz / rate);
    double power = 0;
    for (int from = 0; from + rate <= envelope.length; from += rate) {
      double re = 0;
      double im = 0;
      double cos = 1;
      double sin = 0;
      for (int i = 0; i < rate; i++) {
        double v = envelope[from + i];
        re += v * cos;
        im += v * sin;
        double next = cos * turnRe - sin * turnIm;
        sin = cos * turnIm + sin * turnRe;
        cos = next;
      }
      power += re * re + im * im;
    }
    return power + 1e-12;
  }

  /** Absolute values under a Hann window of a second, again and again. */
  private static double[] windowed(float[] mono, int rate) {
    double[] out = new double[mono.length];
    double[] window = Stft.hann(rate);
    for (int i = 0; i < out.length; i++) {
      out[i] = window[i % rate] * Math.abs(mono[i]);
    }
    return out;
  }

  /** Root of the mean squared difference of log power in 24 bands, 10 frames a second, dB. */
  static double distance(Sound one, Sound other) {
    double[][] a = new EarFigures(one).bands();
    double[][] b = new EarFigures(other).bands();
    double sum = 0;
    int count = 0;
    for (int f = 0; f < Math.min(a.length, b.length); f++) {
      for (int k = 0; k < a[f].length; k++, count++) {
        sum += Math.pow(a[f][k] - b[f][k], 2);
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  }

  private double[][] bands() {
    Spectrum spectrum = new Stft(WINDOW, rate / 10).forward(doubles());
    double[][] out = new double[spectrum.frames()][24];
    for (int f = 0; f < out.length; f++) {
      Arrays.fill(out[f], 1e-6);
      for (int k = 4; k < 900; k++) {
        int band = (int) (3 * Math.log(k / 4.0) / Math.log(2));
        out[f][Math.min(23, band)] +=
            Math.pow(spectrum.re()[f][k], 2) + Math.pow(spectrum.im()[f][k], 2);
      }
      for (int b = 0; b < 24; b++) {
        out[f][b] = 10 * Math.log10(out[f][b]);
      }
    }
    return out;
  }

  static double percentile(List<Double> values, double share) {
    double[] sorted =
        values.stream().filter(v -> !v.isNaN()).mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
