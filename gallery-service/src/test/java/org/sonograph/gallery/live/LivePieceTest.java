package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;

class LivePieceTest {
  private static AudioOutput record(int channels, float... samples) {
    ByteBuffer pcm =
        ByteBuffer.allocate(samples.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float v : samples) {
      pcm.putFloat(v);
    }
    return AudioOutput.newBuilder()
        .setPlace(
            Place.newBuilder()
                .setTake("ab12")
                .setChunk(3)
                .setStartSample(24_000)
                .setLengthSamples(12_000)
                .setSampleRateHz(24_000)
                .setStream("foyer")
                .setDueMs(1_000_000)
                .setClosedMs(995_000)
                .build())
        .setSource(SourceInfo.newBuilder().setTitle("Rain").build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setDiffusion(DiffusionSettings.newBuilder().setPrompt("ink").build())
                .setReadings(List.of(ReadingSettings.newBuilder().setName("voices").build()))
                .build())
        .setReading("voices")
        .setSampleRateHz(48_000)
        .setChannels(channels)
        .setStartSample(47_800)
        .setSamples(samples.length / channels)
        .setSampleFormat("f32le")
        .setPcm(pcm.flip())
        .build();
  }

  @Test
  void tellsWhenItsTakeBegins() {
    LivePiece piece = LivePiece.of(record(1, 0.1f, 0.2f));
    assertThat(piece.time().beginMs()).isEqualTo(999_000);
    assertThat(piece.time().behindMs()).isEqualTo(5_500);
    assertThat(piece.about().title()).isEqualTo("Rain: ink");
    assertThat(piece.about().readings()).containsExactly("voices");
  }

  @Test
  void hasTwoChannelsOfFiniteSamples() {
    float[][] mono = LivePiece.of(record(1, 0.1f, Float.NaN)).sound().orElseThrow();
    assertThat(mono[0]).containsExactly(0.1f, 0);
    assertThat(mono[1]).containsExactly(0.1f, 0);
    float[][] stereo = LivePiece.of(record(2, 0.1f, 0.2f)).sound().orElseThrow();
    assertThat(stereo[1]).containsExactly(0.2f);
  }

  @Test
  void aFailureHasNeitherSoundNorTime() {
    LivePiece piece =
        LivePiece.of(
            AudioOutput.newBuilder(record(1, 0.1f))
                .setFailure(Failure.newBuilder().setCode("overdue").build())
                .build());
    assertThat(piece.sound()).isEmpty();
    assertThat(piece.time().beginMs()).isNaN();
    assertThat(piece.samples()).isEqualTo(1);
  }

  @Test
  void refusesALengthThatIsNotThatOfItsSound() {
    assertThatThrownBy(
            () -> LivePiece.of(AudioOutput.newBuilder(record(1, 0.1f)).setSamples(5).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chunk=3");
  }
}
