package org.sonograph.gallery.film;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.ffmpeg.FilmStreams;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** Films by the real FFmpeg, looked at by the real ffprobe. */
class ITFilm {
  private static final int RATE = 48_000;
  private static final TrackFile.Heard RED = new TrackFile.Heard("red", "red.wav", 1, 1);

  @TempDir Path folder;
  private final FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
  private TrackFile track;

  @BeforeEach
  void makeATake() throws IOException {
    float[] tone = new float[RATE];
    for (int i = 0; i < RATE; i++) {
      tone[i] = (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / RATE));
    }
    Files.write(
        folder.resolve("red.wav"),
        WavCodec.encode(Sound.stereo(RATE, tone, tone), SampleFormat.S16, new LinkedHashMap<>()));
    Files.write(
        folder.resolve("scroll.png"),
        PngCodec.encode(Picture.grey(83, 64, new byte[83 * 64]), new LinkedHashMap<>()));
    JsonNode asked =
        new ObjectMapper().readTree("{\"diffusion\": {\"model\": \"m\", \"prompt\": \"p\"}}");
    track =
        new TrackFile(
            folder,
            "ab",
            "complete",
            TrackFile.Origin.named("id", "a.wav"),
            asked,
            1,
            1,
            1,
            List.of(RED),
            List.of(),
            List.of(),
            List.of());
  }

  @Test
  void aFilmHasItsShapeItsLengthAndBothStreams() throws Exception {
    Path file = new Film(ffmpeg, track, FilmShape.PORTRAIT).write(RED);
    assertThat(file).hasFileName(folder.getFileName() + "-red-portrait.mp4");
    FilmStreams streams = ffmpeg.streams(file);
    assertThat(streams.videoCodec()).isEqualTo("h264");
    assertThat(streams.width()).isEqualTo(1080);
    assertThat(streams.height()).isEqualTo(1350);
    assertThat(streams.videoSeconds()).isCloseTo(1, within(0.001));
    assertThat(streams.audioCodec()).isEqualTo("aac");
    assertThat(streams.audioSeconds()).isCloseTo(1, within(0.03));
    Sound heard = ffmpeg.sound(file);
    assertThat(heard.peak()).isCloseTo(0.3f, within(0.02f));
  }

  @Test
  void aFilmThatIsThereIsNotMadeAgain() throws Exception {
    Film film = new Film(ffmpeg, track, FilmShape.SQUARE);
    Files.writeString(film.file("red"), "made before");
    film.write(RED);
    assertThat(film.file("red")).hasContent("made before");
    Files.setLastModifiedTime(film.file("red"), FileTime.fromMillis(0));
    film.write(RED);
    assertThat(Files.size(film.file("red"))).isGreaterThan(1000);
  }

  @Test
  void nothingHalfMadeStaysWhereTheSoundCannotBeRead() throws Exception {
    Files.writeString(folder.resolve("red.wav"), "RIFF0000WAVEthis is no sound");
    Film film = new Film(ffmpeg, track, FilmShape.SQUARE);
    assertThatThrownBy(() -> film.write(RED)).isInstanceOf(IOException.class);
    assertThat(folder).isDirectoryNotContaining("glob:**.{mp4,partial}");
  }
}
