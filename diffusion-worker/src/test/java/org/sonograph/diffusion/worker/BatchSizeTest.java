package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class BatchSizeTest {
  private final List<Integer> kept = new ArrayList<>();

  /** Runs full batches, each as long as {@code millis} says, until nothing changes for long. */
  private BatchSize tried(IntToLongFunction millis) {
    BatchSize size = BatchSize.found(OptionalInt.empty(), kept::add);
    for (int i = 0; i < 100; i++) {
      size.ran(size.size(), Duration.ofMillis(millis.applyAsLong(size.size())));
    }
    return size;
  }

  @Test
  void doublesWhileABatchCostsNoMoreThanOnePicture() {
    assertThat(tried(pictures -> 200).size()).isEqualTo(BatchSize.MOST);
    assertThat(kept).containsExactly(BatchSize.MOST);
  }

  @Test
  void staysAtOneWhereABatchGainsNothing() {
    assertThat(tried(pictures -> 200L * pictures).size()).isEqualTo(1);
    assertThat(kept).containsExactly(1);
  }

  @Test
  void stopsWhereTheDeviceIsFull() {
    // a device of eight lanes
    assertThat(tried(pictures -> 200L * Math.ceilDiv(pictures, 8)).size()).isEqualTo(8);
  }

  @Test
  void memoryThatRunsOutSettlesIt() {
    BatchSize size = BatchSize.found(OptionalInt.empty(), kept::add);
    for (int i = 0; i < 100; i++) {
      if (size.size() > 4) {
        size.tooLarge(size.size());
      } else {
        size.ran(size.size(), Duration.ofMillis(200));
      }
    }
    assertThat(size.size()).isEqualTo(4);
    assertThat(kept).containsExactly(4);
  }

  @Test
  void halfEmptyBatchesSayNothing() {
    BatchSize size = BatchSize.found(OptionalInt.empty(), kept::add);
    for (int i = 0; i < 6; i++) {
      size.ran(size.size(), Duration.ofMillis(200));
    }
    int reached = size.size();
    for (int i = 0; i < 20; i++) {
      size.ran(1, Duration.ofMillis(1));
    }
    assertThat(size.size()).isEqualTo(reached).isGreaterThan(1);
  }

  @Test
  void whatWasFoundBeforeIsTakenAsItIs() {
    BatchSize size = BatchSize.found(OptionalInt.of(16), kept::add);
    size.ran(16, Duration.ofMillis(1));
    assertThat(size.size()).isEqualTo(16);
    assertThat(kept).isEmpty();
  }
}
