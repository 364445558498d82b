package org.sonograph.ingest.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.spectrogram.ChunkGrid;

class ChunkCutterTest {
  /** Hop 10, 16 columns a chunk, 4 shared, 25 samples of context: a small tape. */
  private static final TrackLayout LAYOUT =
      new TrackLayout(48_000, 2, new ChunkGrid(10, 16, 4), 25, 10);

  private static List<CutChunk> cut(int samples, long seed) {
    ChunkCutter cutter = new ChunkCutter(LAYOUT);
    List<CutChunk> chunks = new ArrayList<>();
    Random random = new Random(seed);
    for (int at = 0; at < samples; ) {
      int piece = Math.min(samples - at, random.nextInt(300));
      chunks.addAll(cutter.push(Signals.ramp(2, at, piece)));
      at += piece;
    }
    chunks.addAll(cutter.finish());
    assertThat(cutter.received()).isEqualTo(samples);
    return chunks;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 40, 41, 159, 160, 161, 184, 185, 186, 280, 281, 1000, 12345})
  void cutsOnTheAbsoluteGridWhateverThePieces(int samples) {
    for (long seed = 0; seed < 5; seed++) {
      List<CutChunk> chunks = cut(samples, seed);
      assertThat(chunks).hasSize((int) LAYOUT.grid().chunks(samples));
      for (int k = 0; k < chunks.size(); k++) {
        CutChunk chunk = chunks.get(k);
        assertThat(chunk.chunk()).isEqualTo(k);
        assertThat(chunk.startSample()).isEqualTo(120L * k);
        assertThat(chunk.lengthSamples()).isEqualTo(Math.min(160, samples - 120 * k));
        assertThat(chunk.samples()[1][chunk.contextBefore()]).isEqualTo(120f * k + 0.1f);
      }
    }
  }

  @Test
  void givesContextOnBothSidesExceptAtTheTracksEnds() {
    List<CutChunk> chunks = cut(1000, 1);
    assertThat(chunks.getFirst().contextBefore()).isZero();
    assertThat(chunks.getFirst().contextAfter()).isEqualTo(25);
    assertThat(chunks.get(3).contextBefore()).isEqualTo(25);
    assertThat(chunks.get(3).contextAfter()).isEqualTo(25);
    assertThat(chunks.getLast().contextAfter()).isZero();
  }

  @Test
  void endsWithTheTracksLastSample() {
    CutChunk last = cut(777, 2).getLast();
    assertThat(last.startSample() + last.lengthSamples()).isEqualTo(777);
    assertThat(last.samples()[0][last.samples()[0].length - 1]).isEqualTo(776f);
  }

  @Test
  void hasNoChunkWithoutASample() {
    assertThat(new ChunkCutter(LAYOUT).finish()).isEmpty();
  }
}
