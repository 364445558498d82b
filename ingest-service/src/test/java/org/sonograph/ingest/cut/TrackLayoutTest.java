package org.sonograph.ingest.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

class TrackLayoutTest {

  @Test
  void tapeIsCutAt48KilohertzInTwoChannelsAtMost() {
    TrackLayout layout = TrackLayout.of(SpectrogramProfile.TAPE, 96_000, 6);
    assertThat(layout.sampleRateHz()).isEqualTo(48_000);
    assertThat(layout.channels()).isEqualTo(2);
    assertThat(layout.grid().startSample(1)).isEqualTo(448 * 576);
    assertThat(layout.contextSamples()).isEqualTo(2048);
  }

  @Test
  void chunksWhosePartsAreSoughtBringTheirNeighbourhoodAlong() {
    SpectrogramProfile parts = SpectrogramProfile.TAPE.withColour(Colour.PARTS);
    // 13 columns reach as far as one and three quarters of a window
    assertThat(TrackLayout.of(parts, 48_000, 2).contextSamples()).isEqualTo(2048 + 13 * 576);
  }

  @ParameterizedTest
  @CsvSource({"8000, 1", "44100, 2", "48000, 8", "192000, 8", "400, 1"})
  void notebookPiecesAreWholeHopsOfTheSourcesOwnRateAndFitAMessage(int rateHz, int channels) {
    TrackLayout layout = TrackLayout.of(SpectrogramProfile.NOTEBOOK, rateHz, channels);
    long piece = layout.grid().startSample(1);
    assertThat(layout.sampleRateHz()).isEqualTo(rateHz);
    assertThat(layout.channels()).isEqualTo(channels);
    assertThat(piece % 256).isZero();
    assertThat(piece).isLessThanOrEqualTo(Math.max(4096, 5L * rateHz));
    assertThat(piece * channels * 4).isLessThan(Topics.PAYLOAD_MAX_BYTES);
  }

  @ParameterizedTest
  @CsvSource({"576, 64", "480, 64", "512, 0", "576, 100", "333, 37"})
  void everyChunkBeginsOnAValueOfTheLoudnessCurve(int hop, int overlap) {
    SpectrogramProfile tape = SpectrogramProfile.TAPE;
    TrackLayout layout =
        TrackLayout.of(
            new SpectrogramProfile(
                "tape",
                48_000,
                4096,
                hop,
                "hann",
                "log",
                41.2,
                10_000,
                4.5,
                70,
                tape.width(),
                tape.height(),
                overlap),
            44_100,
            2);
    assertThat(layout.grid().startSample(1) % layout.curveHopSamples()).isZero();
  }

  @Test
  void refusesChunksThatDoNotFitAMessage() {
    SpectrogramProfile huge =
        new SpectrogramProfile(
            "tape", 48_000, 16_384, 8192, "hann", "log", 41.2, 10_000, 4.5, 70, 512, 512, 64);
    assertThatThrownBy(() -> TrackLayout.of(huge, 48_000, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("smaller hop");
  }
}
