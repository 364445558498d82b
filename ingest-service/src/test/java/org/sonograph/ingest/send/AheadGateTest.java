package org.sonograph.ingest.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AheadGateTest {
  private final AtomicInteger pauses = new AtomicInteger();
  private final AtomicInteger holds = new AtomicInteger();

  private AheadGate gate(long ahead, Long... counts) {
    Queue<Long> next = new ArrayDeque<>(List.of(counts));
    return new AheadGate(
        () -> {
          long count = next.remove();
          if (count < 0) {
            throw new TimeoutException("broker away");
          }
          return new PictureCount.Pictures(count, 0);
        },
        Restraint.most(() -> ahead),
        time -> pauses.incrementAndGet());
  }

  private AheadGate.Sender sender(LongSupplier open) {
    return new AheadGate.Sender() {
      @Override
      public long open() {
        return open.getAsLong();
      }

      @Override
      public void holding(long underWay) {
        holds.incrementAndGet();
      }
    };
  }

  @Test
  void letsAsManyPassAsThereIsRoomForWithOneCount() throws InterruptedException {
    AheadGate gate = gate(5, 2L);
    for (int i = 0; i < 3; i++) {
      gate.pass(sender(() -> 0));
    }
    assertThat(pauses).hasValue(0);
    assertThat(holds).hasValue(0);
  }

  @Test
  void holdsUntilPicturesAreDone() throws InterruptedException {
    AheadGate gate = gate(5, 9L, 6L, 5L, 4L);
    gate.pass(sender(() -> 0));
    assertThat(pauses).hasValue(3);
    assertThat(gate.holding()).isFalse();
    assertThat(gate.underWay()).isEqualTo(4);
  }

  @Test
  void countsWhatTheBrokerHasNotAcknowledgedYet() throws InterruptedException {
    AheadGate gate = gate(5, 3L, 3L);
    int[] open = {2, 0};
    gate.pass(sender(() -> pauses.get() == 0 ? open[0] : open[1]));
    assertThat(pauses).hasValue(1);
  }

  @Test
  void waitsForABrokerThatIsAway() throws InterruptedException {
    AheadGate gate = gate(5, -1L, -1L, 0L);
    gate.pass(sender(() -> 0));
    assertThat(pauses).hasValue(2);
  }
}
