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
  void soundThatWaitsForTheAssemblerCounts() {
    // a hundred records, each with its commit
    assertThat(LaggingPictures.inTransactions(List.of(200L, 0L))).isEqualTo(98);
  }
}
