package org.sonograph.ingest.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeepBusyTest {
  private static final long SECOND = 1_000_000_000L;

  private long now = 5 * SECOND;
  private long painted = 1000;
  private long asking = 6;

  private final KeepBusy busy =
      new KeepBusy(
          new KeepBusy.Devices() {
            @Override
            public long asking() {
              return asking;
            }

            @Override
            public long painted() {
              return painted;
            }
          },
          200,
          () -> now);

  private long after(double seconds, long pictures) {
    now += (long) (seconds * SECOND);
    painted += pictures;
    return room(0, 0);
  }

  private long room(long unpainted, long decodable) {
    return busy.room(new PictureCount.Pictures(unpainted, decodable));
  }

  @Test
  void keepsOnePictureForEveryoneWhoAsks() {
    assertThat(room(0, 0)).isEqualTo(6);
    asking = 9;
    assertThat(after(10, 5)).isEqualTo(9);
  }

  @Test
  void keepsTwoSecondsOfWorkForFastWorkers() {
    room(0, 0);
    assertThat(after(4, 80)).isEqualTo(40);
    assertThat(after(1, 0)).isEqualTo(40);
    assertThat(after(3, 20)).isEqualTo(10);
  }

  @Test
  void neverAsksForMoreThanItMay() {
    room(0, 0);
    assertThat(after(2, 5000)).isEqualTo(200);
  }

  @Test
  void whatIsPaintedDoesNotKeepTheWorkersWaiting() {
    assertThat(room(2, 4)).isEqualTo(4);
    assertThat(room(6, 0)).isZero();
  }

  @Test
  void waitsForADecoderThatIsSlow() {
    assertThat(room(2, 9)).isEqualTo(1);
    assertThat(room(0, 12)).isZero();
  }

  @Test
  void sendsSomethingWhereNobodyAsksYet() {
    asking = 0;
    assertThat(room(0, 0)).isEqualTo(1);
  }
}
