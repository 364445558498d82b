package org.sonograph.ingest.send;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AcknowledgedTest {

  @Test
  void countsOnlyWithoutAGap() {
    Acknowledged chunks = new Acknowledged(0);
    for (int i = 0; i < 4; i++) {
      chunks.sent();
    }
    chunks.acknowledge(2);
    chunks.acknowledge(1);
    assertThat(chunks.prefix()).isZero();
    assertThat(chunks.open()).isEqualTo(2);
    chunks.acknowledge(0);
    assertThat(chunks.prefix()).isEqualTo(3);
    assertThat(chunks.open()).isEqualTo(1);
  }

  @Test
  void goesOnFromWhatWasThere() throws InterruptedException {
    Acknowledged chunks = new Acknowledged(7);
    assertThat(chunks.open()).isZero();
    chunks.sent();
    chunks.acknowledge(7);
    assertThat(chunks.prefix()).isEqualTo(8);
    assertThat(chunks.awaitAll(1)).isTrue();
  }

  @Test
  void stopsWaitingWhenOneFailed() throws InterruptedException {
    Acknowledged chunks = new Acknowledged(0);
    chunks.sent();
    chunks.fail(new IllegalStateException("no"));
    assertThat(chunks.awaitAll(60_000)).isTrue();
    assertThat(chunks.failure()).isPresent();
  }
}
