package org.sonograph.launcher.embedded;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.AdminCall;

/**
 * Ends transactions that a killed broker has lost sight of: open in a partition, while their
 * coordinator holds them for ended. Nothing else ever would, and a stream that has one among its
 * offsets waits for it without end. What is done here is what {@code kafka-transactions.sh} calls
 * to find and abort hanging transactions; it happens soon after a start or not at all.
 */
final class StrayTransactions implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(StrayTransactions.class);
  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final int LOOKS = 36;
  private static final Set<TransactionState> ENDED =
      EnumSet.of(
          TransactionState.EMPTY,
          TransactionState.COMPLETE_COMMIT,
          TransactionState.COMPLETE_ABORT);

  private final Admin admin;

  private StrayTransactions(Admin admin) {
    this.admin = admin;
  }

  /** A transaction that is open in a partition. */
  record Open(TopicPartition partition, long producer, int epoch, int coordinator, long start) {}

  /** Looks for some minutes, on a thread of its own. */
  static Thread watch(Admin admin) {
    return Thread.ofPlatform()
        .name("stray-transactions")
        .daemon()
        .start(new StrayTransactions(admin));
  }

  @Override
  public void run() {
    Set<Open> before = Set.of();
    try {
      for (int i = 0; i < LOOKS; i++) {
        Thread.sleep(BETWEEN);
        before = look(before);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (InterruptException | IllegalStateException e) {
      LOG.debug("the chain ends: {}", e.getMessage());
    }
  }

  /** Ends what was stray at the last look and still is; what is stray now. */
  private Set<Open> look(Set<Open> before) {
    try {
      Set<Open> now =
          stray(open(), AdminCall.await(admin.listTransactions().all(), "transactions"));
      Set<Open> still = new HashSet<>(now);
      still.retainAll(before);
      still.forEach(this::abort);
      return now;
    } catch (InterruptException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("no look for stray transactions now: {}", e.getMessage());
      return Set.of();
    }
  }

  private void abort(Open open) {
    LOG.warn("a transaction that nobody would have ended is aborted: {}", open);
    AdminCall.await(
        admin
            .abortTransaction(
                new AbortTransactionSpec(
                    open.partition(), open.producer(), (short) open.epoch(), open.coordinator()))
            .all(),
        "end of a stray transaction");
  }

  /** Of the open ones, those whose coordinator holds them for ended or does not know them. */
  static Set<Open> stray(Collection<Open> open, Collection<TransactionListing> known) {
    Set<Long> underWay =
        known.stream()
            .filter(t -> !ENDED.contains(t.state()))
            .map(TransactionListing::producerId)
            .collect(Collectors.toSet());
    return open.stream().filter(o -> !underWay.contains(o.producer())).collect(Collectors.toSet());
  }

  private List<Open> open() {
    Set<String> topics =
        AdminCall.await(
            admin.listTopics(new ListTopicsOptions().listInternal(true)).names(), "topics");
    List<TopicPartition> partitions =
        AdminCall.await(admin.describeTopics(topics).allTopicNames(), "partitions")
            .values()
            .stream()
            .flatMap(
                t -> t.partitions().stream().map(p -> new TopicPartition(t.name(), p.partition())))
            .toList();
    return AdminCall.await(admin.describeProducers(partitions).all(), "producers")
        .entrySet()
        .stream()
        .flatMap(StrayTransactions::open)
        .toList();
  }

  private static Stream<Open> open(Map.Entry<TopicPartition, PartitionProducerState> partition) {
    return partition.getValue().activeProducers().stream()
        .filter(p -> p.currentTransactionStartOffset().isPresent())
        .map(p -> open(partition.getKey(), p));
  }

  private static Open open(TopicPartition partition, ProducerState producer) {
    return new Open(
        partition,
        producer.producerId(),
        producer.producerEpoch(),
        producer.coordinatorEpoch().orElse(0),
        producer.currentTransactionStartOffset().orElseThrow());
  }
}
