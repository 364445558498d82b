import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.sonograph.decoder.PictureDecoder;
import org.sonograph.runtime.ffmpeg.EncodedFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/** Pictures and sounds of docs/readings.md; see docs/readings/make. */
class Guide {
  private static final int SAMPLES = 512 * 576;

  public static void main(String[] args) throws Exception {
    Path out = Path.of(args[1]);
    FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
    Sound whole = Resampler.resample(ffmpeg.sound(Path.of(args[2])), 48_000);
    Sound source = whole.slice(Math.min(48_000, whole.length() - SAMPLES), SAMPLES);
    if (args[0].equals("picture")) {
      Inversion inversion = SpectrogramProfile.TAPE.inversion(white(source));
      Picture picture = TapeSpectrogram.picture(source, 0, SAMPLES, inversion);
      Files.write(out.resolve("source.png"), PngCodec.encode(picture, inversion.toText()));
      return;
    }
    var art = PngCodec.decode(Files.readAllBytes(Path.of(args[3])), PngLimits.DEFAULT);
    Inversion inversion = Inversion.fromText(art.text()).orElseThrow();
    show(ffmpeg, source, "source", out);
    write(art.picture(), out.resolve("art.jpg"));
    for (Reading reading : ServiceLoader.load(Reading.class)) {
      if (!List.of("red", "green", "blue").contains(reading.name())) {
        Sound heard =
            new PictureDecoder()
                .decode(
                    art.picture(), inversion, reading.name(), new TreeMap<>(), Optional.of(source));
        show(ffmpeg, heard, reading.name(), out);
      }
    }
  }

  /** White so that one pixel in a thousand is. */
  private static double white(Sound sound) {
    for (double db = -70; ; db += 1) {
      Inversion inversion = SpectrogramProfile.TAPE.inversion(db);
      int white = 0;
      for (byte pixel : TapeSpectrogram.picture(sound, 0, SAMPLES, inversion).samples()) {
        white += pixel == -1 ? 1 : 0;
      }
      if (white < 512 * 512 / 1000) {
        return db;
      }
    }
  }

  private static void show(FFmpeg ffmpeg, Sound sound, String name, Path out) throws Exception {
    Inversion inversion = SpectrogramProfile.TAPE.inversion(white(sound));
    write(TapeSpectrogram.picture(sound, 0, SAMPLES, inversion), out.resolve(name + ".jpg"));
    Path wav = out.resolve(name + ".wav");
    Files.write(wav, WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
    ffmpeg.encode(wav, out.resolve(name + ".mp3"), EncodedFormat.MP3, new LinkedHashMap<>());
    Files.delete(wav);
  }

  private static void write(Picture picture, Path file) throws Exception {
    Picture small = PillowResize.resize(picture, 384, 192, PillowResize.Filter.BICUBIC).toRgb();
    BufferedImage image = new BufferedImage(384, 192, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 192; y++) {
      for (int x = 0; x < 384; x++) {
        image.setRGB(x, y, small.at(x, y, 0) << 16 | small.at(x, y, 1) << 8 | small.at(x, y, 2));
      }
    }
    ImageIO.write(image, "jpg", file.toFile());
  }
}
