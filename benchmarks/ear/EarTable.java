import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sonograph.signal.compare.Survival;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.TruePeak;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.transform.Spectrum;
import org.sonograph.signal.transform.Stft;

/** Sounds and table of benchmarks/ear/run. */
class EarTable {
  private static final int RATE = 48_000;
  private static final int SECONDS = 20;
  private static final int HOP = 576;
  private static final int STEP = 448 * HOP;
  private static final int OVERLAP = 64 * HOP;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("sounds")) {
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        Sound sound = Sound.mono(RATE, made(i));
        Files.write(
            Path.of(args[1], "sound-%02d.wav".formatted(i)),
            WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
      }
      return;
    }
    table(Path.of(args[1]));
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

  /** Figures of one sound, by name. */
  private static Map<String, Double> figures(Sound source, Sound heard, boolean tape) {
    Map<String, Double> out = new LinkedHashMap<>();
    float[] mono = mono(heard);
    out.put("LUFS", LoudnessMeter.integratedLufs(heard.sampleRateHz(), heard.channels()));
    out.put("dBTP", TruePeak.dbtp(heard.channels()));
    out.put("seam dB", tape ? seam(mono) : Double.NaN);
    double[] power = new double[2049];
    out.put("flatness", spectrum(mono, heard.sampleRateHz(), power));
    double binHz = heard.sampleRateHz() / 4096.0;
    double all = sum(power, binHz, 0, 1e9);
    out.put(">6k dB", 10 * Math.log10(sum(power, binHz, 6000, 1e9) / all + 1e-12));
    out.put("<30 dB", 10 * Math.log10(sum(power, binHz, 0, 30) / all + 1e-12));
    double centroid = 0;
    double mean = 0;
    for (int k = 0; k < power.length; k++) {
      centroid += k * binHz * power[k] / all;
    }
    for (float v : mono) {
      mean += v / mono.length;
    }
    out.put("centroid Hz", centroid);
    out.put("DC dBFS", 20 * Math.log10(Math.abs(mean) + 1e-9));
    out.put("hop dB", hopLine(mono, heard.sampleRateHz(), (double) RATE / HOP));
    Survival survived = Survival.of(source, heard);
    out.put("form", survived.loudnessForm());
    out.put("onsets", survived.onsets());
    return out;
  }

  private static float[] mono(Sound sound) {
    float[] mono = new float[sound.length()];
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < mono.length; i++) {
        mono[i] += channel[i] / sound.channelCount();
      }
    }
    return mono;
  }

  /** 95th percentile of level steps in the overlaps less that of the steps elsewhere, dB. */
  private static double seam(float[] mono) {
    int window = RATE / 20;
    List<Double> at = new ArrayList<>();
    List<Double> inside = new ArrayList<>();
    double before = Double.NaN;
    for (int from = 0; from + window <= mono.length; from += window) {
      double power = 1e-9;
      for (int i = from; i < from + window; i++) {
        power += mono[i] * mono[i] / window;
      }
      double level = 10 * Math.log10(power);
      if (!Double.isNaN(before)) {
        (from >= STEP && from % STEP < OVERLAP ? at : inside).add(Math.abs(level - before));
      }
      before = level;
    }
    return percentile(at, 0.95) - percentile(inside, 0.95);
  }

  /** Fills the mean power spectrum; the median flatness of frames that sound. */
  private static double spectrum(float[] mono, int rate, double[] power) {
    double[] samples = new double[Math.max(4096, mono.length)];
    for (int i = 0; i < mono.length; i++) {
      samples[i] = mono[i];
    }
    Spectrum spectrum = new Stft(4096, 2048).forward(samples);
    int low = (int) (100.0 * 4096 / rate);
    int high = Math.min(2048, (int) (8000.0 * 4096 / rate));
    List<Double> flat = new ArrayList<>();
    for (int f = 0; f < spectrum.frames(); f++) {
      double logs = 0;
      double sum = 0;
      for (int k = 0; k < power.length; k++) {
        double p = Math.pow(spectrum.re()[f][k], 2) + Math.pow(spectrum.im()[f][k], 2);
        power[k] += p;
        if (k >= low && k < high) {
          logs += Math.log(p + 1e-12) / (high - low);
          sum += (p + 1e-12) / (high - low);
        }
      }
      if (sum > 1e-6) {
        flat.add(Math.exp(logs) / sum);
      }
    }
    return percentile(flat, 0.5);
  }

  private static double sum(double[] power, double binHz, double from, double until) {
    double sum = 0;
    for (int k = 0; k < power.length; k++) {
      sum += k * binHz >= from && k * binHz < until ? power[k] : 0;
    }
    return sum;
  }

  /** The envelope's spectrum at a rate over the median of its neighbours, dB. */
  private static double hopLine(float[] mono, int rate, double hz) {
    double at = line(mono, rate, hz);
    List<Double> beside = new ArrayList<>();
    for (double d = 3; d <= 12; d += 1.5) {
      beside.add(line(mono, rate, hz - d));
      beside.add(line(mono, rate, hz + d));
    }
    return 10 * Math.log10(at / percentile(beside, 0.5));
  }

  private static double line(float[] mono, int rate, double hz) {
    double power = 0;
    for (int from = 0; from + rate <= mono.length; from += rate) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < rate; i++) {
        double w = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / rate);
        double v = w * Math.abs(mono[from + i]);
        re += v * Math.cos(2 * Math.PI * hz * i / rate);
        im += v * Math.sin(2 * Math.PI * hz * i / rate);
      }
      power += re * re + im * im;
    }
    return power + 1e-12;
  }

  private static double percentile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  private static boolean holds(String figure, double v) {
    return switch (figure) {
      case "LUFS" -> Math.abs(v + 20) <= 1;
      case "dBTP" -> v <= -0.95;
      case "seam dB" -> v <= 1;
      case "flatness" -> v <= 0.1;
      case ">6k dB" -> v <= -10;
      case "<30 dB" -> v <= -40;
      case "centroid Hz" -> v >= 300 && v <= 2500;
      case "DC dBFS" -> v <= -60;
      case "hop dB" -> v <= 8;
      case "form" -> v >= 0.6;
      default -> v >= 0.5;
    };
  }

  private static void table(Path work) throws Exception {
    Map<String, Map<String, List<Double>>> all = new TreeMap<>();
    Map<String, List<Double>> apart = new TreeMap<>();
    try (Stream<Path> outs = Files.list(work)) {
      for (Path out : outs.filter(p -> p.getFileName().toString().matches("tape-[0-9]+|notebook")).sorted().toList()) {
        for (Path take : folders(out)) {
          take(work, out, take, all, apart);
        }
      }
    }
    String[] names = all.values().iterator().next().keySet().toArray(String[]::new);
    System.out.println("| reading | sounds | " + String.join(" | ", names) + " | readings over seeds |");
    System.out.println("|---|---|" + "---|".repeat(names.length + 1));
    for (var reading : all.entrySet()) {
      StringBuilder row = new StringBuilder("| " + reading.getKey() + " | ");
      row.append(reading.getValue().get("LUFS").size());
      for (String name : names) {
        List<Double> v = reading.getValue().get(name).stream().filter(x -> !x.isNaN()).toList();
        long good = v.stream().filter(x -> holds(name, x)).count();
        row.append(v.isEmpty() ? " | -" : " | %.2f (%d/%d)".formatted(percentile(v, 0.5), good, v.size()));
      }
      List<Double> ratio = apart.getOrDefault(reading.getKey(), List.of());
      row.append(ratio.isEmpty() ? " | - |" : " | %.2f |".formatted(percentile(ratio, 0.5)));
      System.out.println(row);
    }
  }

  private static List<Path> folders(Path out) throws Exception {
    try (Stream<Path> all = Files.list(out)) {
      return all.filter(p -> Files.exists(p.resolve("track.json"))).sorted().toList();
    }
  }

  private static void take(
      Path work, Path out, Path take, Map<String, Map<String, List<Double>>> all, Map<String, List<Double>> apart)
      throws Exception {
    boolean tape = !out.getFileName().toString().equals("notebook");
    String name = take.getFileName().toString().replaceAll("^.*(sound-[0-9]+).*$", "$1");
    Sound source = read(work.resolve("sounds").resolve(name + ".wav"));
    Map<String, float[]> heard = new TreeMap<>();
    try (Stream<Path> files = Files.list(take)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".wav")).sorted().toList()) {
        String reading = file.getFileName().toString().replace(".wav", "");
        Sound sound = read(file);
        heard.put(reading, mono(sound));
        Map<String, List<Double>> rows =
            all.computeIfAbsent((tape ? "tape " : "notebook ") + reading, k -> new LinkedHashMap<>());
        figures(source, sound, tape).forEach((k, v) -> rows.computeIfAbsent(k, x -> new ArrayList<>()).add(v));
      }
    }
    Path other = work.resolve(out.getFileName().toString().replace("tape-", "tape-seed-")).resolve(take.getFileName());
    if (tape && heard.size() > 1 && Files.isDirectory(other)) {
      float[][] pair = heard.values().toArray(float[][]::new);
      for (var one : heard.entrySet()) {
        float[] seed = mono(read(other.resolve(one.getKey() + ".wav")));
        apart.computeIfAbsent("tape " + one.getKey(), k -> new ArrayList<>())
            .add(distance(pair[0], pair[1]) / Math.max(1e-9, distance(one.getValue(), seed)));
      }
    }
  }

  /** Root of the mean squared difference of log power in 24 bands, 10 frames a second, dB. */
  private static double distance(float[] one, float[] other) {
    double sum = 0;
    int count = 0;
    double[][] a = bands(one);
    double[][] b = bands(other);
    for (int f = 0; f < Math.min(a.length, b.length); f++) {
      for (int k = 0; k < a[f].length; k++, count++) {
        sum += Math.pow(a[f][k] - b[f][k], 2);
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  }

  private static double[][] bands(float[] mono) {
    double[] samples = new double[Math.max(4096, mono.length)];
    for (int i = 0; i < mono.length; i++) {
      samples[i] = mono[i];
    }
    Spectrum spectrum = new Stft(4096, 4800).forward(samples);
    double[][] out = new double[spectrum.frames()][24];
    for (int f = 0; f < out.length; f++) {
      Arrays.fill(out[f], 1e-6);
      for (int k = 4; k < 900; k++) {
        int band = (int) (3 * Math.log(k / 4.0) / Math.log(2));
        out[f][Math.min(23, band)] += Math.pow(spectrum.re()[f][k], 2) + Math.pow(spectrum.im()[f][k], 2);
      }
      for (int b = 0; b < 24; b++) {
        out[f][b] = 10 * Math.log10(out[f][b]);
      }
    }
    return out;
  }

  private static Sound read(Path file) throws Exception {
    return WavCodec.decode(Files.readAllBytes(file));
  }
}
