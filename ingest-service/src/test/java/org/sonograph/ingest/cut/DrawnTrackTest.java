package org.sonograph.ingest.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.wire.PictureWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

class DrawnTrackTest {
  private static final SpectrogramProfile TAPE = SpectrogramProfile.TAPE;
  private static final int HOP = TAPE.hopSamples();
  private static final TakeOrder ORDER =
      new TakeOrder(Interpretation.newBuilder().setProfile("tape").build(), "flac", 0);

  /** Grey columns of these values, as high as the profile. */
  private static Picture columns(int... values) {
    byte[] samples = new byte[values.length * TAPE.height()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) values[i % values.length];
    }
    return Picture.grey(values.length, TAPE.height(), samples);
  }

  private static int[] ramp(int width) {
    int[] values = new int[width];
    for (int x = 0; x < width; x++) {
      values[x] = 50 + x % 200;
    }
    return values;
  }

  private static List<AudioChunk> chunks(DrawnTrack track) {
    SourceInfo source = SourceInfo.newBuilder().setId("s").setName("n").build();
    return track
        .chunks(new ChunkStream.Track("take", source, track.layout(), track.level()), ORDER)
        .toList();
  }

  @Test
  void isCutIntoPicturesThatOverlapAsSoundDoes() {
    int[] drawn = ramp(1000);
    List<AudioChunk> chunks = chunks(DrawnTrack.of(columns(drawn), TAPE));
    assertThat(chunks).hasSize(3);
    assertThat(chunks)
        .extracting(c -> c.getPlace().getStartSample())
        .containsExactly(0L, 448L * HOP, 896L * HOP);
    assertThat(chunks).extracting(c -> c.getPlace().getTotalChunks()).containsExactly(0L, 0L, 3L);
    assertThat(chunks.stream().mapToLong(c -> c.getPlace().getFreshSamples()).sum())
        .isEqualTo(1000L * HOP);
    for (AudioChunk chunk : chunks) {
      Picture picture = PictureWire.picture(chunk);
      assertThat(PictureWire.isDrawn(chunk)).isTrue();
      assertThat(picture.width()).isEqualTo(TAPE.width());
      int first = (int) (chunk.getPlace().getStartSample() / HOP);
      for (int x = 0; x < TAPE.width(); x++) {
        int expected = first + x < drawn.length ? drawn[first + x] : 0;
        assertThat(picture.at(x, 100, 0)).isEqualTo(expected);
      }
    }
  }

  @Test
  void keepsItsShapeWhateverItsSize() {
    assertThat(DrawnTrack.of(Picture.rgb(300, 200, new byte[180_000]), TAPE).samples())
        .isEqualTo(768L * HOP);
  }

  @Test
  void isAsLoudAsItIsBright() {
    int[] drawn = new int[900];
    Arrays.fill(drawn, 0, 300, 200);
    Arrays.fill(drawn, 300, 600, 127);
    TrackLevel level = DrawnTrack.of(columns(drawn), TAPE).level();
    int aColumn = level.curveHopSamples() / HOP;
    float bright = level.momentaryLufs()[150 / aColumn];
    float dim = level.momentaryLufs()[450 / aColumn];
    // 73 of 255 pixel values, of a range of 70 dB
    assertThat(bright - dim).isCloseTo(73 * 70f / 255, within(0.05f));
    assertThat(bright).isCloseTo(-20f, within(0.05f));
    assertThat(level.momentaryLufs()[800 / aColumn]).isEqualTo(-70f);
    assertThat(level.integratedLufs()).isEqualTo(-20);
  }

  @Test
  void blackIsSilence() {
    TrackLevel level = DrawnTrack.of(columns(new int[600]), TAPE).level();
    assertThat(level.integratedLufs()).isEqualTo(-70);
    assertThat(level.momentaryLufs()).containsOnly(-70f);
    assertThat(level.samples()).isEqualTo(600L * HOP);
  }
}
