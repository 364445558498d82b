package org.sonograph.ingest.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaggingPicturesTest {
  @Test
  void marksOfCommitsAreNotTakenForSound() {
    assertThat(LaggingPictures.inTransactions(Collections.nCopies(12, 3L))).isZero();
  }

  @Test
  void marksBehindUnpaintedPicturesAreNotTakenForPictures() {
    assertThat(LaggingPictures.plainOrInTransactions(Collections.nCopies(12, 1L))).isZero();
    assertThat(LaggingPictures.plainOrInTransactions(List.of(20L, 0L))).isEqualTo(19);
  }

  @Test
  void soundThatWaitsForTheAssemblerCounts() {
    // a hundred records, each with its commit
    assertThat(LaggingPictures.inTransactions(List.of(200L, 0L))).isEqualTo(98);
  }
}
