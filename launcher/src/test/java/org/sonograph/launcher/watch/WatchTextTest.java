package org.sonograph.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.launcher.Terminal;
import org.sonograph.runtime.PipelineCounts;

class WatchTextTest {
  private static final PipelineState BEFORE =
      States.of(States.busy(), States.diffusion(180, "4711@studio"));
  private static final PipelineState NOW =
      States.of(
          States.NOW + 2_000,
          new PipelineCounts(
              104,
              96,
              63,
              62,
              new PipelineCounts.Recent(63, States.NOW - 60_000, States.NOW),
              States.NOW),
          States.diffusion(183, "4711@studio", "4810@attic"),
          new PipelineState.News(1, 4, 2, 1, "spectrogram.images.dlq: delivery-limit at a stage"));

  @Test
  void aScreenFitsEightyColumnsAndShowsRates() {
    List<String> screen = new WatchText(ZoneOffset.UTC, 80).screen("localhost:9092", BEFORE, NOW);
    assertThat(screen).allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    assertThat(screen.getFirst()).isEqualTo("sonograph at localhost:9092, 08:00:02");
    assertThat(screen)
        .contains("spectrogram-service         0        0 s     2.00     3.00          1")
        .contains("diffusion-worker          183     12 min     3.00     1.50          2")
        .contains("decoder-service             0        0 s     1.50     1.00          1")
        .contains("gallery-service             0          -        -        -          1")
        .contains("workers   4711@studio  4810@attic");
  }

  @Test
  void aLineHoldsWhatALogNeeds() {
    assertThat(new WatchText(ZoneOffset.UTC, 80).line(BEFORE, NOW))
        .startsWith("08:00:02 OK: everything runs; 183 chunks")
        .endsWith("Painted 1.50/s by 2.");
  }

  @Test
  void jsonHasVerdictRatesAndWorkers() {
    ObjectNode json = WatchJson.of(BEFORE, NOW, ZoneOffset.UTC);
    assertThat(json.get("ok").asBoolean()).isTrue();
    assertThat(json.get("verdict").asText()).startsWith("OK: ");
    assertThat(json.get("stages").get(1).get("stage").asText()).isEqualTo("diffusion-worker");
    assertThat(json.get("stages").get(1).get("outPerSecond").asDouble()).isEqualTo(1.5);
    assertThat(json.get("stages").get(3).has("outPerSecond")).isFalse();
    assertThat(json.get("workers")).hasSize(2);
    assertThat(json.get("deadLettersLastDay").asLong()).isEqualTo(1);
  }

  @Test
  void breaksLinesBetweenWords() {
    assertThat(Terminal.wrapped("one two three", 8)).containsExactly("one two", "three");
    assertThat(Terminal.wrapped("incomprehensible", 8)).containsExactly("incomprehensible");
  }

  @Test
  void aChunkAddsWhatItsNeighboursDoNotHave() {
    var place = org.sonograph.schemas.Place.newBuilder().setSampleRateHz(48_000);
    assertThat(
            ChunkLength.of(
                place.setChunk(2).setStartSample(480_000).setLengthSamples(300_000).build()))
        .isEqualTo(5);
    assertThat(
            ChunkLength.of(place.setChunk(0).setStartSample(0).setLengthSamples(288_000).build()))
        .isEqualTo(6);
  }
}
