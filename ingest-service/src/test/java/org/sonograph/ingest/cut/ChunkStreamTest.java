package org.sonograph.ingest.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

class ChunkStreamTest {
  private static final TrackLayout LAYOUT = TrackLayout.of(SpectrogramProfile.TAPE, 48_000, 1);
  private static final TakeOrder ORDER =
      new TakeOrder(Interpretation.newBuilder().setProfile("tape").build(), "flac", 0);

  private static List<AudioChunk> chunks(float[][] sound, Optional<String> brokenOff) {
    TrackLevel.Meter meter = new TrackLevel.Meter(LAYOUT);
    meter.push(sound);
    SourceInfo source = SourceInfo.newBuilder().setId("s").setName("n").build();
    ChunkStream stream =
        new ChunkStream(
            new ChunkStream.Track("take", source, LAYOUT, meter.finish(brokenOff)), ORDER);
    List<AudioChunk> chunks = new ArrayList<>(stream.push(sound));
    chunks.addAll(stream.finish(brokenOff));
    return chunks;
  }

  @Test
  void onlyTheLastChunkSaysHowManyThereAreAndWhyTheSourceBrokeOff() {
    List<AudioChunk> chunks =
        chunks(Signals.sine(20 * 48_000, 440, 48_000, 0.1), Optional.of("cut off"));
    assertThat(chunks)
        .extracting(c -> c.getPlace().getTotalChunks())
        .containsExactly(0L, 0L, 0L, 4L);
    assertThat(chunks)
        .extracting(c -> c.getPlace().getEndReason())
        .containsExactly("", "", "", "cut off");
  }

  @Test
  void lengthsOfTheGridAddUpToTheTrack() {
    int samples = 20 * 48_000 + 7;
    List<AudioChunk> chunks = chunks(Signals.noise(1, samples, 3), Optional.empty());
    AudioChunk last = chunks.getLast();
    assertThat(last.getPlace().getStartSample() + last.getPlace().getLengthSamples())
        .isEqualTo(samples);
    assertThat(chunks.stream().mapToLong(c -> c.getPlace().getFreshSamples()).sum())
        .isEqualTo(samples);
    for (AudioChunk chunk : chunks) {
      assertThat(chunk.getPcm().remaining())
          .isEqualTo(
              4
                  * (chunk.getContextBeforeSamples()
                      + chunk.getPlace().getLengthSamples()
                      + chunk.getContextAfterSamples()));
    }
  }

  @Test
  void everyChunkCarriesItsPartOfTheLoudnessCurve() {
    // quiet for 10 s, then 20 dB louder
    float[][] sound = Signals.sine(20 * 48_000, 1000, 48_000, 0.01);
    for (int i = 10 * 48_000; i < sound[0].length; i++) {
      sound[0][i] *= 10;
    }
    List<AudioChunk> chunks = chunks(sound, Optional.empty());
    List<Float> first = chunks.getFirst().getLevel().getMomentaryLufs();
    List<Float> last = chunks.getLast().getLevel().getMomentaryLufs();
    // mean square of a sine 0.01: -43 dB; the K filter adds 0.6 dB or so at 1 kHz, minus 0.691
    assertThat(first.get(10)).isCloseTo(-43f, within(0.3f));
    assertThat(last.get(10)).isCloseTo(-23f, within(0.3f));
    assertThat(first).hasSize(LAYOUT.grid().widthColumns() * 576 / LAYOUT.curveHopSamples() + 1);
    assertThat(chunks.getFirst().getLevel().getIntegratedLufs()).isCloseTo(-23.1, within(0.3));
  }

  @Test
  void silenceIsAtMostMinus70() {
    AudioChunk chunk = chunks(new float[1][48_000], Optional.empty()).getFirst();
    assertThat(chunk.getLevel().getIntegratedLufs()).isLessThanOrEqualTo(-70);
    assertThat(chunk.getLevel().getHistogram()).isEmpty();
  }
}
