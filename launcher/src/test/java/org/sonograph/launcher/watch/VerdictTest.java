package org.sonograph.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.PipelineCounts;

class VerdictTest {
  private static final long HOUR_MS = 3_600_000;

  private static Verdict verdict(PipelineState state) {
    return Verdict.of(state, ZoneOffset.UTC);
  }

  @Test
  void saysWhatWaitsAndForHowLong() {
    Verdict verdict = verdict(States.of(States.busy(), States.diffusion(180, "1@a")));
    assertThat(verdict.ok()).isTrue();
    assertThat(verdict.text())
        .isEqualTo("OK: everything runs; 180 chunks (12 min of sound) wait, about 3 min.");
  }

  @Test
  void saysThatNothingWaits() {
    assertThat(verdict(States.of(States.busy(), States.diffusion(0, "1@a"))).text())
        .isEqualTo("OK: everything runs; nothing waits.");
  }

  @Test
  void doesNotGuessATimeBeforeTwoPicturesArePainted() {
    PipelineCounts begun =
        States.counts(
            1, new PipelineCounts.Recent(1, States.NOW - 900, States.NOW - 900), States.NOW);
    assertThat(verdict(States.of(begun, States.diffusion(1, "1@a"))).text())
        .isEqualTo(
            "OK: everything runs; 1 chunk (4 s of sound) waits, for how long is not known yet.");
  }

  @Test
  void namesTheMissingWorkersSinceWhenAndWhatToDo() {
    PipelineCounts stopped =
        States.counts(
            60, new PipelineCounts.Recent(0, 0, States.NOW - HOUR_MS), States.NOW - HOUR_MS);
    Verdict verdict = verdict(States.of(stopped, States.diffusion(12)));
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.text())
        .isEqualTo(
            "NOT OK: nothing paints: no diffusion worker is there, the last picture was painted at"
                + " 07:00; 12 pictures (48 s of sound) wait."
                + " Do: start it, or read its log if it should be running.");
  }

  @Test
  void tellsTheDayOfWhatWasLongAgo() {
    PipelineCounts stopped =
        States.counts(60, new PipelineCounts.Recent(0, 0, States.NOW - 30 * HOUR_MS), States.NOW);
    assertThat(verdict(States.of(stopped, States.diffusion(1))).text())
        .contains("painted at 02:00 on 2027-01-14; 1 picture (4 s of sound) waits.");
  }

  @Test
  void theMissingStageThatMostWaitsForComesFirst() {
    PipelineState.Stage none = new PipelineState.Stage(PipelineState.DECODER, 7, Set.of());
    List<PipelineState.Stage> stages =
        List.of(
            new PipelineState.Stage(PipelineState.SPECTROGRAM, 0, Set.of()),
            States.diffusion(0, "1@a"),
            none,
            new PipelineState.Stage(PipelineState.GALLERY, 0, Set.of("app")));
    assertThat(verdict(new PipelineState(States.NOW, stages, States.busy(), 0, States.CALM)).text())
        .isEqualTo(
            "NOT OK: nothing is made audible: no decoder-service is there; 7 pictures wait."
                + " Do: start it, or read its log if it should be running.");
  }

  @Test
  void workersThatPaintNothingForTenMinutesAreStuck() {
    long before = States.NOW - Verdict.STUCK.toMillis();
    PipelineCounts stuck =
        States.counts(60, new PipelineCounts.Recent(0, 0, before - 1), before - 1);
    Verdict verdict = verdict(States.of(stuck, States.diffusion(3, "1@a", "2@a")));
    assertThat(verdict.ok()).isFalse();
    assertThat(verdict.text())
        .startsWith(
            "NOT OK: 3 pictures (12 s of sound) wait, but nothing was painted for 10 minutes")
        .contains("2 workers are there, the last picture was painted at 07:49. Do: ");
    PipelineCounts fresh =
        States.counts(60, new PipelineCounts.Recent(0, 0, before - 1), States.NOW - 1_000);
    assertThat(verdict(States.of(fresh, States.diffusion(3, "1@a"))).ok()).isTrue();
  }

  @Test
  void lossesOfTheLastDayAreTold() {
    PipelineState.News news = new PipelineState.News(0, 1, 2, 1, "x");
    assertThat(
            verdict(States.of(States.NOW, States.busy(), States.diffusion(0, "1@a"), news)).text())
        .isEqualTo(
            "OK: everything runs; nothing waits. In the last day 1 dead letter and 2 silences: see"
                + " ./sonograph dlq show.");
  }
}
