import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.InverseReading;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.SourceSound;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * Our side of benchmarks/signal/inverse: the picture of each sound, what {@code inverse} makes of
 * it unpainted, and the magnitudes that the peer is to find phases for. Files are plain doubles,
 * little-endian.
 */
class InverseBenchmark {
  private static final SpectrogramProfile TAPE = SpectrogramProfile.TAPE;
  private static final int CONTEXT = TAPE.contextSamples();

  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[0]);
    FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
    for (String file : Arrays.asList(args).subList(1, args.length)) {
      Sound whole = Resampler.resample(mono(ffmpeg.sound(Path.of(file))), TAPE.sampleRateHz());
      String name = Path.of(file).getFileName().toString().replaceAll("[-.].*", "");
      one(out, name, whole);
    }
  }

  private static Sound mono(Sound sound) {
    float[] mono = new float[sound.length()];
    for (float[] channel : sound.channels()) {
      for (int i = 0; i < mono.length; i++) {
        mono[i] += channel[i] / sound.channelCount();
      }
    }
    return Sound.mono(sound.sampleRateHz(), mono);
  }

  private static void one(Path out, String name, Sound whole) throws Exception {
    int columns = Math.min(TAPE.width(), (whole.length() - 2 * CONTEXT) / TAPE.hopSamples());
    int samples = columns * TAPE.hopSamples();
    Sound heard = whole.slice(0, samples + 2 * CONTEXT);
    Inversion inversion = TAPE.inversion(white(heard, samples));
    Picture picture = TapeSpectrogram.picture(heard, CONTEXT, samples, inversion);
    SourceSound source = new SourceSound(heard, CONTEXT);
    write(out.resolve(name + ".original"), doubles(heard.slice(CONTEXT, samples)));
    write(out.resolve(name + ".source"), read(picture, inversion, samples, Optional.of(source)));
    write(out.resolve(name + ".gradient"), read(picture, inversion, samples, Optional.empty()));
    double[][] magnitudes =
        TapeSpectrogram.strip(picture.columns(0, columns), ChannelMix.LEFT, inversion);
    write(
        out.resolve(name + ".magnitude"),
        Arrays.stream(magnitudes).flatMapToDouble(Arrays::stream).toArray());
  }

  private static double[] read(
      Picture picture, Inversion inversion, int samples, Optional<SourceSound> source) {
    TrackPosition position =
        new TrackPosition("benchmark", 0, samples, inversion.sampleRateHz());
    var request =
        new ReadingRequest(picture, inversion, position, new TreeMap<>(Map.of()), source);
    return doubles(new InverseReading().read(request).sound());
  }

  /** The least white, in whole decibels, that one pixel in a thousand reaches. */
  private static double white(Sound sound, int samples) {
    for (double db = -90; ; db++) {
      byte[] pixels =
          TapeSpectrogram.picture(sound, CONTEXT, samples, TAPE.inversion(db)).samples();
      int white = 0;
      for (byte pixel : pixels) {
        white += pixel == -1 ? 1 : 0;
      }
      if (white < pixels.length / 1000) {
        return db;
      }
    }
  }

  private static double[] doubles(Sound sound) {
    double[] out = new double[sound.length()];
    Arrays.setAll(out, i -> sound.channels()[0][i]);
    return out;
  }

  private static void write(Path file, double[] values) throws Exception {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    Files.write(file, bytes.array());
  }
}
