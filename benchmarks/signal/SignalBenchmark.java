import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.reading.ChirpReading;
import org.sonograph.signal.reading.InverseReading;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.RgbMeanReading;
import org.sonograph.signal.reading.SourceSound;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Our side of benchmarks/signal/run; prints name, side and milliseconds of every repetition. */
class SignalBenchmark {

  private static final int CHUNK_SAMPLES = 512 * 576;

  /** Kept, so that no work is found to be useless. */
  private static Object result;

  public static void main(String[] args) throws Exception {
    Sound sound = WavCodec.decode(Files.readAllBytes(Path.of(args[0], "sound.wav")));
    Picture art =
        PngCodec.decode(Files.readAllBytes(Path.of(args[0], "art.png")), PngLimits.DEFAULT).picture();
    measure("spectrogram 60 s", 20, () -> picture(sound));
    for (String name : List.of("griffin-lim 3x400x296", "the same, peer in single")) {
      measure(name, 4, () -> griffinLim(art));
    }
    Inversion notebook = NotebookSpectrogram.inversion(44_100, 400, new PowerRange(0, 1));
    measure("chirp 30 s", 10, () -> read(new ChirpReading(), art, notebook));
    Picture square = PillowResize.resize(art, 512, 512, PillowResize.Filter.BICUBIC);
    Inversion tape = SpectrogramProfile.TAPE.inversion(-10);
    measure("tape rgb-mean, 6.144 s", 3, () -> read(new RgbMeanReading(), square, tape));
    measure("tape chirp, 6.144 s", 5, () -> read(new ChirpReading(), square, tape));
    for (Reading reading : ServiceLoader.load(Reading.class)) {
      if (!List.of("red", "green", "blue", "rgb-mean", "chirp").contains(reading.name())) {
        measure(
            "44.1 kHz " + reading.name() + ", 5.9 s", 5, () -> readAt44100(reading, square, ""));
      }
    }
    Reading inverse = new InverseReading();
    measure(
        "44.1 kHz inverse, gradients", 5, () -> readAt44100(inverse, square, "gradient"));
  }

  private static Object picture(Sound sound) {
    float[][] columns =
        NotebookSpectrogram.powerColumns(
            sound, 0, sound.length(), NotebookSpectrogram.Part.WHOLE);
    return NotebookSpectrogram.resized(
        NotebookSpectrogram.full(List.of(columns), PowerRange.NONE.including(columns)));
  }

  /** The three channels, one after the other. */
  private static Object griffinLim(Picture art) {
    double[][] heard = new double[3][];
    for (int c = 0; c < 3; c++) {
      heard[c] =
          GriffinLim.run(
              magnitudes(art, c),
              InitialPhase.ZERO,
              GriffinLim.Settings.torchaudio(590, 295, 400));
    }
    return heard;
  }

  private static double[][] magnitudes(Picture art, int channel) {
    double[][] magnitudes = new double[art.width()][art.height()];
    for (int x = 0; x < art.width(); x++) {
      for (int y = 0; y < art.height(); y++) {
        magnitudes[x][y] = Math.pow(10, (art.at(x, y, channel) / 255.0 * 80 - 80) / 40);
      }
    }
    return magnitudes;
  }

  private static Object read(Reading reading, Picture art, Inversion inversion) {
    TrackPosition position =
        new TrackPosition("benchmark", 0, CHUNK_SAMPLES, inversion.sampleRateHz());
    return reading.read(
        new ReadingRequest(art, inversion, position, new TreeMap<>()));
  }

  /** 512 columns of 512 samples; additive with 2,000 partials; the source at hand. */
  private static Object readAt44100(Reading reading, Picture art, String phase) {
    SpectrogramProfile p = SpectrogramProfile.TAPE;
    Inversion inversion =
        new Inversion(
            "tape", 44_100, 4096, 512, "hann", "log", p.lowHz(), p.highHz(), p.tiltDbPerOctave(),
            -80, -10, 512, 512, 512, 2049);
    float[] source = new float[512 * 512 + 4096];
    for (int i = 0; i < source.length; i++) {
      source[i] = (float) (0.3 * Math.sin(0.05 * i) * Math.sin(0.0001 * i));
    }
    TreeMap<String, String> parameters =
        reading.name().equals("additive")
            ? new TreeMap<>(Map.of("partials", "2000"))
            : new TreeMap<>(Map.of("phase", phase));
    return reading.read(
        new ReadingRequest(
            art,
            inversion,
            new TrackPosition("benchmark", 0, 512 * 512, 44_100),
            parameters,
            Optional.of(new SourceSound(Sound.mono(44_100, source), 2048))));
  }

  private interface Task {
    Object run();
  }

  /** As many unmeasured repetitions first, for the compiler. */
  private static void measure(String name, int repetitions, Task task) {
    for (int i = 0; i < repetitions; i++) {
      result = task.run();
    }
    for (int i = 0; i < repetitions; i++) {
      long start = System.nanoTime();
      result = task.run();
      System.out.printf("%s\tours\t%.3f%n", name, (System.nanoTime() - start) / 1e6);
    }
  }
}
