package org.sonograph.launcher.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.schemas.Topics;

/** Reads dead-letter topics from their beginning to their present end. */
final class DeadLetterLog {
  private static final Duration POLL = Duration.ofMillis(500);

  private DeadLetterLog() {}

  /** Dead letters by topic, oldest first within a partition; topics without any are left out. */
  static Map<String, List<ConsumerRecord<byte[], byte[]>>> read(
      Admin admin, KafkaSettings kafka, Predicate<String> topics) {
    Map<String, List<ConsumerRecord<byte[], byte[]>>> letters = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.freeConsumer("sonograph-dlq"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Set<String> existing = admin.listTopics().names().get();
      List<TopicPartition> partitions = new ArrayList<>();
      existing.stream()
          .filter(t -> Topics.isDeadLetter(t) && topics.test(t))
          .forEach(
              t ->
                  consumer
                      .partitionsFor(t)
                      .forEach(p -> partitions.add(new TopicPartition(t, p.partition()))));
      drain(consumer, partitions, letters);
      return letters;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "the broker at " + kafka.bootstrapServers() + " does not answer: " + cause.getMessage(),
          e);
    }
  }

  private static void drain(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      Map<String, List<ConsumerRecord<byte[], byte[]>>> letters) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      consumer
          .poll(POLL)
          .forEach(r -> letters.computeIfAbsent(r.topic(), t -> new ArrayList<>()).add(r));
    }
  }
}
