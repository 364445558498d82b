package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Place;

class TimelinessTest {
  private static final long DUE_MS = 100_000;

  private final List<Integer> steps = new ArrayList<>();

  private Timeliness timeliness(boolean isWatched) {
    Ladder ladder = new Ladder(3, OptionalInt.empty(), 5, 0);
    return new Timeliness(ladder, isWatched, (step, lead) -> steps.add(step), 0);
  }

  private static Place place(long chunk) {
    return Place.newBuilder().setTake("t").setChunk(chunk).setDueMs(DUE_MS + 5_000 * chunk).build();
  }

  private static AudioOutput output(Place place) {
    return AudioOutput.newBuilder().setPlace(place).build();
  }

  @Test
  void soundThatComesAfterItsTimeIsAStepDown() {
    Timeliness timeliness = timeliness(true);
    timeliness.sent(place(0));
    timeliness.heard(output(place(0)), DUE_MS + 1);
    timeliness.look(DUE_MS);
    assertThat(steps).containsExactly(-1);
    assertThat(timeliness.rung()).isEqualTo(1);
  }

  @Test
  void whatNeverComesIsLateWhereSomebodyWatches() {
    Timeliness watched = timeliness(true);
    watched.sent(place(0));
    watched.look(DUE_MS + 1);
    assertThat(steps).containsExactly(-1);
    Timeliness alone = timeliness(false);
    alone.sent(place(0));
    alone.look(DUE_MS + 1);
    assertThat(steps).hasSize(1);
  }

  @Test
  void aFailureIsLateAndWhatWasForgottenSaysNothing() {
    Timeliness timeliness = timeliness(true);
    timeliness.sent(place(0));
    timeliness.sent(place(1));
    AudioOutput failed =
        AudioOutput.newBuilder(output(place(0)))
            .setFailure(new Failure("diffusion-worker", "too-late", "it is"))
            .build();
    timeliness.heard(failed, DUE_MS - 4_000);
    timeliness.forget();
    timeliness.look(DUE_MS + 60_000);
    assertThat(steps).containsExactly(-1);
  }

  @Test
  void aChainThatStartsIsLateAndNoSlowerForIt() {
    Timeliness timeliness = timeliness(true);
    Place early = Place.newBuilder(place(0)).setDueMs(20_000).build();
    timeliness.sent(early);
    timeliness.look(30_000);
    assertThat(steps).isEmpty();
  }
}
