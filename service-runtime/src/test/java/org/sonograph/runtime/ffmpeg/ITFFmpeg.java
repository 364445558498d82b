package org.sonograph.runtime.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The real executable, on files it made itself. */
class ITFFmpeg {
  private static final int RATE_HZ = 44_100;
  private static final int FRAMES = 5 * RATE_HZ;

  @TempDir static Path folder;
  private static FFmpeg ffmpeg;
  private static Path wav;

  @BeforeAll
  static void makeTheSource() {
    ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
    wav = SoundFiles.sineWav(folder.resolve("sine.wav"), RATE_HZ, 2, FRAMES);
  }

  private record Decoded(
      int sampleRateHz, int channels, long frames, double rms, Optional<String> brokenOff) {}

  private static Decoded decode(Path file) throws IOException {
    Probe probe = ffmpeg.probe(file);
    try (Decoding decoding = ffmpeg.decode(file, probe)) {
      float[] samples = new float[8192 / decoding.channels() * decoding.channels()];
      double energy = 0;
      for (int n = decoding.read(samples); n >= 0; n = decoding.read(samples)) {
        for (int i = 0; i < n * decoding.channels(); i++) {
          energy += (double) samples[i] * samples[i];
        }
      }
      double rms = Math.sqrt(energy / decoding.frames() / decoding.channels());
      return new Decoded(
          decoding.sampleRateHz(),
          decoding.channels(),
          decoding.frames(),
          rms,
          decoding.brokenOff());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.wav, -c:a pcm_s24le, 44100, 0",
    "a.flac, -c:a flac, 44100, 0",
    "a.mp3, -c:a libmp3lame, 44100, 0",
    "vorbis.ogg, -c:a vorbis -strict -2, 44100, 1100",
    "a.opus, -c:a libopus, 48000, 0",
    "a.m4a, -c:a aac, 44100, 2048",
    "fast.m4a, -c:a aac -movflags +faststart, 44100, 2048",
    "a.aac, -c:a aac, 44100, 4096",
    "a.aiff, -c:a pcm_s16be, 44100, 0",
    "a.caf, -c:a pcm_s24le, 44100, 0",
    "a.au, -c:a pcm_s16be, 44100, 0",
    "a.mka, -c:a flac, 44100, 0",
    "a.w64, -c:a pcm_s16le, 44100, 0"
  })
  void decodesToTheLengthItWasMadeFrom(String name, String options, int rateHz, int padding)
      throws IOException {
    Path file = SoundFiles.encoded(wav, folder.resolve(name), options.split(" "));
    Decoded decoded = decode(file);
    long expected = (long) FRAMES * rateHz / RATE_HZ;
    assertThat(decoded.sampleRateHz()).isEqualTo(rateHz);
    assertThat(decoded.channels()).isEqualTo(2);
    assertThat(decoded.frames()).isBetween(expected, expected + padding);
    assertThat(decoded.rms()).isCloseTo(0.1 / Math.sqrt(2), within(0.004));
    assertThat(decoded.brokenOff()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "b.wav, -c:a pcm_s16le",
    "b.flac, -c:a flac",
    "b.mp3, -c:a libmp3lame",
    "b.opus, -c:a libopus",
    "b.m4a, -c:a aac -movflags +faststart",
    "b.aiff, -c:a pcm_s16be",
    "b.w64, -c:a pcm_s16le",
    "b.caf, -c:a pcm_s16le",
    "b.au, -c:a pcm_s16be"
  })
  void keepsWhatDecodesOfATruncatedFileAndSaysSo(String name, String options) throws IOException {
    Path whole = SoundFiles.encoded(wav, folder.resolve(name), options.split(" "));
    Decoded decoded = decode(SoundFiles.cut(whole, folder.resolve("cut-" + name), 0.6));
    assertThat(decoded.frames() / (double) decoded.sampleRateHz()).isBetween(2.4, 3.6);
    assertThat(decoded.brokenOff()).isPresent();
  }

  @Test
  void saysThatAnIndexAtTheEndIsMissing() {
    Path whole = SoundFiles.encoded(wav, folder.resolve("c.m4a"), "-c:a", "aac");
    Path cut = SoundFiles.cut(whole, folder.resolve("cut-c.m4a"), 0.6);
    assertThatThrownBy(() -> ffmpeg.probe(cut))
        .isInstanceOf(UnreadableSoundException.class)
        .hasMessageContaining("is cut off: its index (moov) is missing");
  }

  @Test
  void refusesAVideoWithoutSound() {
    Path video =
        SoundFiles.made(
            folder.resolve("silent.mp4"), "-f", "lavfi", "-i", "testsrc=d=1:s=64x64:r=5");
    assertThatThrownBy(() -> ffmpeg.probe(video))
        .isInstanceOf(UnreadableSoundException.class)
        .hasMessage("is a video without sound");
  }

  @Test
  void readsTheSoundOfAVideoAndOfAFileWithCoverArt() throws IOException {
    Path video =
        SoundFiles.made(
            folder.resolve("film.mp4"),
            "-f lavfi -i testsrc=d=2:s=64x64:r=5 -f lavfi -i sine=d=2:r=48000 -c:a aac -shortest"
                .split(" "));
    assertThat(decode(video).frames()).isBetween(95_000L, 100_000L);
  }

  @Test
  void readsTitleArtistAndLicence() throws IOException {
    Path file =
        SoundFiles.encoded(
            wav,
            folder.resolve("tags.flac"),
            "-metadata",
            "title=Night; \"bus\"",
            "-metadata",
            "artist=A=B",
            "-metadata",
            "license=CC0");
    Probe probe = ffmpeg.probe(file);
    assertThat(probe.title()).isEqualTo("Night; \"bus\"");
    assertThat(probe.artist()).isEqualTo("A=B");
    assertThat(probe.licence()).isEqualTo("CC0");
    assertThat(probe.sampleRateHz()).isEqualTo(RATE_HZ);
    assertThat(probe.declaredSeconds()).isCloseTo(5.0, within(0.01));
  }

  @Test
  void neverFollowsAPlaylistNamedWav() throws IOException {
    Path playlist = Files.writeString(folder.resolve("list.wav"), "#EXTM3U\n" + wav + "\n");
    assertThatThrownBy(() -> ffmpeg.probe(playlist))
        .hasMessageContaining("is a playlist, not sound");
  }

  @Test
  void takesAnyNameOfAFile() throws IOException {
    Path odd = Files.copy(wav, folder.resolve("-i \n;$(x) \u00fc.wav"));
    assertThat(decode(odd).frames()).isEqualTo(FRAMES);
  }

  @Test
  void endsTheProcessWhenClosedEarly() throws IOException {
    Path file = SoundFiles.encoded(wav, folder.resolve("long.flac"), "-c:a", "flac");
    long before = ProcessHandle.current().children().count();
    try (Decoding decoding = ffmpeg.decode(file, ffmpeg.probe(file))) {
      decoding.read(new float[64]);
    }
    assertThat(ProcessHandle.current().children().count()).isEqualTo(before);
  }

  @Test
  void stopsAtTheMemoryLimit() {
    ChildLimits tight = new ChildLimits(Duration.ofSeconds(60), 256L << 20, Duration.ofSeconds(20));
    FFmpegSettings settings =
        new FFmpegSettings(Optional.empty(), FFmpegSettings.userCacheFolder(), tight);
    assertThat(FFmpeg.open(settings).executable()).exists();
  }

  @ParameterizedTest
  @CsvSource({"FLAC, 44100, 0", "MP3, 44100, 0", "OGG, 48000, 0", "OPUS, 48000, 0"})
  void encodesWithTags(EncodedFormat format, int rateHz, int padding) throws IOException {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("title", "Re: sine");
    tags.put("digital_source_type", "http://cv.iptc.org/newscodes/digitalsourcetype/x");
    Path target = folder.resolve("out." + format.extension());
    ffmpeg.encode(wav, target, format, tags);
    Probe probe = ffmpeg.probe(target);
    assertThat(probe.title()).isEqualTo("Re: sine");
    assertThat(probe.tags()).containsEntry("digital_source_type", tags.get("digital_source_type"));
    assertThat(decode(target).frames()).isEqualTo((long) FRAMES * rateHz / RATE_HZ);
    assertThat(folder.resolve("out." + format.extension() + ".partial")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource(
      value = EncodedFormat.class,
      names = {"FLAC", "MP3", "OGG", "OPUS"})
  void encodesWithACover(EncodedFormat format) throws IOException {
    BufferedImage picture = new BufferedImage(40, 24, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(picture, "jpeg", jpeg);
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("title", "Covered");
    Path target = folder.resolve("covered." + format.extension());
    ffmpeg.encode(wav, target, format, tags, Optional.of(jpeg.toByteArray()));
    FilmStreams streams = ffmpeg.streams(target);
    assertThat(streams.toString()).contains("mjpeg", "40", "24");
    assertThat(ffmpeg.probe(target).title()).isEqualTo("Covered");
    assertThat(decode(target).frames()).isEqualTo(decode(wav).frames() * rate(format) / RATE_HZ);
  }

  private static long rate(EncodedFormat format) {
    return format.hasPictureAsTag() ? 48_000 : RATE_HZ;
  }
}
