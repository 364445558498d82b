package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sonograph.ingest.cut.TrackLayout;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.runtime.wire.LevelWire;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.WhiteLevel;

class LiveTakeTest {
  private static final int RATE = 48_000;
  private static final int BLOCK = 960;
  private static final long DELAY_MS = 10_752;
  private static final double STEP_MS = 448 * 576 * 1000.0 / RATE;
  private final Random random = new Random(3);

  private static Interpretation interpretation(String option, String value) {
    return Recipe.of(
            Map.of("model", List.of("passthrough"), "seed", List.of("5"), option, List.of(value)))
        .order(5)
        .interpretation();
  }

  private static LiveTake take(Interpretation interpretation) {
    SourceInfo source = SourceInfo.newBuilder().setId("foyer@1").setName("a radio").build();
    return new LiveTake(
        new LiveTake.Begin("foyer", source, interpretation, DELAY_MS), SlowLevel::new);
  }

  private static LiveTake.InForce inForce(Interpretation interpretation) {
    return new LiveTake.InForce() {
      @Override
      public Interpretation interpretation() {
        return interpretation;
      }

      @Override
      public String title() {
        return "a song";
      }
    };
  }

  private float[][] noise(double level) {
    float[][] block = new float[2][BLOCK];
    for (float[] channel : block) {
      for (int i = 0; i < BLOCK; i++) {
        channel[i] = (float) (level * random.nextGaussian());
      }
    }
    return block;
  }

  private List<LiveChunk> play(LiveTake take, double seconds, double level, Interpretation now) {
    List<LiveChunk> chunks = new ArrayList<>();
    for (int i = 0; i < seconds * RATE / BLOCK; i++) {
      double wallMs = 1_000_000 + take.received() * 1000.0 / RATE;
      chunks.addAll(take.push(noise(level), wallMs, () -> inForce(now)));
    }
    return chunks;
  }

  @Test
  void chunksSayWhenTheyAreToBeHeardAndComeTwice() {
    Interpretation asked = interpretation("prompt", "rain");
    LiveTake take = take(asked);
    List<LiveChunk> chunks = new ArrayList<>(play(take, 30, 0.1, asked));
    chunks.addAll(take.finish(() -> inForce(asked)));
    for (int k = 0; k < chunks.size(); k++) {
      Place place = chunks.get(k).main().getPlace();
      assertThat(place.getChunk()).isEqualTo(k);
      assertThat(place.getStream()).isEqualTo("foyer");
      assertThat(place.getFormat()).isEqualTo("none");
      assertThat((double) place.getDueMs())
          .isCloseTo(1_000_000 + DELAY_MS + k * STEP_MS, within(1.0));
      assertThat(place.getTotalChunks()).isEqualTo(k == chunks.size() - 1 ? chunks.size() : 0);
      Place other = chunks.get(k).standIn().getPlace();
      assertThat(other.getStandIn()).isTrue();
      assertThat(other.getTake()).isNotEqualTo(place.getTake());
      assertThat(other.getDueMs()).isEqualTo(place.getDueMs());
      assertThat(chunks.get(k).standIn().getPcm()).isEqualTo(chunks.get(k).main().getPcm());
      assertThat(chunks.get(k).standIn().getInterpretation().getDiffusion().getModel())
          .isEqualTo("none");
      assertThat(chunks.get(k).main().getSource().getTitle()).isEqualTo("a song");
    }
    long heard = chunks.stream().mapToLong(c -> c.main().getPlace().getFreshSamples()).sum();
    assertThat(heard).isEqualTo(take.received()).isEqualTo(30L * RATE);
  }

  @Test
  void aChangeOfPromptIsInForceFromTheNextChunkOn() {
    Interpretation first = interpretation("prompt", "rain");
    Interpretation second = interpretation("prompt", "snow");
    LiveTake take = take(first);
    List<LiveChunk> chunks = new ArrayList<>(play(take, 8, 0.1, first));
    chunks.addAll(play(take, 8, 0.1, second));
    assertThat(take.admits(second)).isTrue();
    assertThat(
            chunks.stream()
                .map(c -> c.main().getInterpretation().getDiffusion().getPrompt())
                .toList())
        .containsExactly("rain", "snow");
    assertThat(chunks.get(1).main().getPlace().getTake())
        .isEqualTo(chunks.get(0).main().getPlace().getTake());
  }

  @Test
  void otherReadingsAnotherSeedAndOtherPicturesNeedATakeOfTheirOwn() {
    LiveTake take = take(interpretation("prompt", "rain"));
    assertThat(take.admits(interpretation("strength", "0.9"))).isTrue();
    assertThat(take.admits(interpretation("reading", "bells"))).isFalse();
    assertThat(take.admits(interpretation("axis", "linear"))).isFalse();
    Interpretation other =
        Recipe.of(Map.of("model", List.of("passthrough"))).order(6).interpretation();
    assertThat(take.admits(other)).isFalse();
  }

  @Test
  void theLastChunksKeepWhatWasInForceInTheirTake() {
    Interpretation first = interpretation("prompt", "rain");
    LiveTake take = take(first);
    play(take, 8, 0.1, first);
    LiveChunk last = take.finish(() -> inForce(interpretation("reading", "bells"))).getLast();
    assertThat(last.main().getInterpretation()).isEqualTo(first);
    assertThat(last.standIn().getInterpretation().getReadings()).isEqualTo(first.getReadings());
  }

  @Test
  void whiteMovesByADecibelASecondAtMostAndSilenceDoesNotMoveIt() {
    Interpretation asked = interpretation("prompt", "rain");
    LiveTake take = take(asked);
    List<Double> white = new ArrayList<>();
    for (double level : new double[] {0.01, 0.01, 0.3, 0.3, 0.3, 0.3, 0.3, 0, 0, 0}) {
      play(take, STEP_MS / 1000, level, asked).forEach(c -> white.add(whiteDb(c)));
    }
    double most = STEP_MS / 1000 + 1;
    for (int i = 1; i < white.size(); i++) {
      assertThat(Math.abs(white.get(i) - white.get(i - 1))).isLessThanOrEqualTo(most);
    }
    double risen = white.stream().mapToDouble(w -> w).max().orElseThrow() - white.getFirst();
    assertThat(risen).isGreaterThan(18);
    assertThat(white.getLast()).isGreaterThan(white.getFirst() + 18);
  }

  private static double whiteDb(LiveChunk chunk) {
    Level level = chunk.main().getLevel();
    assertThat(level.getIntegratedLufs()).isBetween(-60.0, 0.0);
    return WhiteLevel.whiteDb(LevelWire.histogram(level), SpectrogramProfile.TAPE);
  }

  @Test
  void aLevelGoesOnIntoTheNextTake() {
    Interpretation asked = interpretation("prompt", "rain");
    LiveTake loud = take(asked);
    List<LiveChunk> before = play(loud, 14, 0.3, asked);
    LiveTake next =
        new LiveTake(
            new LiveTake.Begin("foyer", SourceInfo.newBuilder().setId("2").build(), asked, 0),
            (TrackLayout layout) -> loud.level().next(layout));
    double after = whiteDb(play(next, 7, 0.001, asked).getFirst());
    assertThat(after).isGreaterThan(whiteDb(before.getLast()) - 8);
  }

  @Test
  void plansAreReadAndRefusedInOneLine() {
    StreamPlan plan =
        StreamPlan.parse("name=foyer&source=http%3A%2F%2Fa%2Fb&prompt=rain&delay=20&allow=a,b");
    assertThat(plan.recipe()).containsEntry("prompt", List.of("rain"));
    assertThat(plan.lost()).isEqualTo(StreamPlan.WhenLost.LOOP);
    assertThat(plan.network().allowed()).containsExactlyInAnyOrder("a", "b");
    for (String wrong :
        List.of(
            "source=-&name=A",
            "name=a",
            "source=-&when-lost=never",
            "source=-&when-lost=fallback",
            "source=-&delay=soon",
            "source=-&pcm-format=mp3",
            "source=-&ladder=eighth",
            "source=-&format=wav")) {
      assertThatThrownBy(() -> StreamPlan.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("\n");
    }
  }
}
