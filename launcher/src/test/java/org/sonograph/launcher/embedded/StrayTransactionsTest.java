package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StrayTransactionsTest {
  private static StrayTransactions.Open open(long producer) {
    TopicPartition partition = new TopicPartition("__consumer_offsets", 1);
    return new StrayTransactions.Open(partition, producer, 4721, 4, 26_240);
  }

  @Test
  void isWhatItsCoordinatorHoldsForEnded() {
    List<TransactionListing> known =
        List.of(
            new TransactionListing("under-way", 5, TransactionState.ONGOING),
            new TransactionListing("being-ended", 6, TransactionState.PREPARE_ABORT),
            new TransactionListing("begun-anew", 7, TransactionState.EMPTY),
            new TransactionListing("ended", 8, TransactionState.COMPLETE_ABORT));
    assertThat(StrayTransactions.stray(List.of(open(5), open(6), open(7), open(8), open(9)), known))
        .containsExactlyInAnyOrder(open(7), open(8), open(9));
  }
}
