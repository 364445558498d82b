package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobControlTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path data;

  private long now = 7 * SECOND;

  private JobControl control(Optional<Duration> budget) {
    return new JobControl(data, budget, () -> now);
  }

  @Test
  void beginsEverythingWhereNothingIsSaid() {
    JobControl control = control(Optional.empty());
    control.seen(0, OptionalDouble.of(1000));
    assertThat(control.mayBegin(1_000_000)).isTrue();
    assertThat(control.isPaused()).isFalse();
    assertThat(control.end()).isEmpty();
  }

  @Test
  void beginsNoTakeThatWouldNotBeDoneInTime() {
    JobControl control = control(Optional.of(Duration.ofSeconds(100)));
    control.seen(20, OptionalDouble.of(2));
    now += 40 * SECOND;
    assertThat(control.mayBegin(50)).as("30 pictures, 60 s left").isTrue();
    assertThat(control.mayBegin(51)).as("31 pictures, 60 s left").isFalse();
    assertThat(control.end()).contains(JobControl.End.BUDGET);
  }

  @Test
  void beginsTakesUntilTheTimeIsUpWhereThePaceIsNotKnown() {
    JobControl control = control(Optional.of(Duration.ofSeconds(100)));
    assertThat(control.mayBegin(5000)).isTrue();
    now += 101 * SECOND;
    assertThat(control.mayBegin(5001)).isFalse();
  }

  @Test
  void restsAndGoesOnAsItIsTold() {
    JobControl control = control(Optional.empty());
    JobControl.tell(data, Optional.of(JobControl.Word.PAUSE));
    assertThat(control.isPaused()).isTrue();
    assertThat(control.mayBegin(1)).isTrue();
    JobControl.tell(data, Optional.empty());
    assertThat(control.isPaused()).isFalse();
  }

  @Test
  void beginsNothingOnceCancelled() {
    JobControl control = control(Optional.empty());
    JobControl.tell(data, Optional.of(JobControl.Word.CANCEL));
    assertThat(control.mayBegin(1)).isFalse();
    assertThat(control.end()).contains(JobControl.End.CANCELLED);
  }
}
