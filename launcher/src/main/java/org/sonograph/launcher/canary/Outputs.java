package org.sonograph.launcher.canary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.Topics;

/** Waits for what becomes of a take, from the one partition its records come to. */
final class Outputs implements AutoCloseable {
  private static final String TOPIC = Topics.AUDIO_OUTPUTS.name();
  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<AudioOutput> serde;
  private Map<TopicPartition, Long> ends = Map.of();

  /** Over a consumer of committed records without a group, closed with this. */
  Outputs(Consumer<byte[], byte[]> consumer, AvroSerde<AudioOutput> serde) {
    this.consumer = consumer;
    this.serde = serde;
  }

  /** What is there already is of no interest; to be called before the take is sent. */
  void forgetThePast() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC).stream()
            .map(p -> new TopicPartition(TOPIC, p.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("topic " + TOPIC + " is not there: start the services first");
    }
    ends = consumer.endOffsets(partitions);
  }

  /**
   * Waits until every reading of a take has ended.
   *
   * @return what is wrong with it; empty where it sounds, for a second
   */
  Optional<String> await(String take, Duration patience) throws LateException {
    TopicPartition partition = partitionOf(take);
    consumer.assign(List.of(partition));
    consumer.seek(partition, ends.get(partition));
    long until = System.nanoTime() + patience.toNanos();
    Set<String> heard = new HashSet<>();
    while (System.nanoTime() < until) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (take.equals(new String(record.key(), StandardCharsets.UTF_8))) {
          AudioOutput output = serde.read(TOPIC, record.value());
          Optional<String> wrong = wrong(output);
          if (wrong.isPresent()) {
            return wrong;
          }
          heard.add(output.getReading());
          if (heard.containsAll(readings(output))) {
            return Optional.empty();
          }
        }
      }
    }
    throw new LateException(
        "%s within %d s (take=%s): see which stage has a backlog, ./sonograph status"
            .formatted(
                heard.isEmpty() ? "no output came" : "only " + heard + " came",
                patience.toSeconds(),
                take));
  }

  /** Not all output came in time. */
  static final class LateException extends Exception {
    private static final long serialVersionUID = 1L;

    LateException(String message) {
      super(message);
    }
  }

  /** As the producer of this topic chooses it. */
  private TopicPartition partitionOf(String take) {
    byte[] key = take.getBytes(StandardCharsets.UTF_8);
    return new TopicPartition(TOPIC, Utils.toPositive(Utils.murmur2(key)) % ends.size());
  }

  private static Set<String> readings(AudioOutput output) {
    return output.getInterpretation().getReadings().stream()
        .map(ReadingSettings::getName)
        .collect(Collectors.toSet());
  }

  private static Optional<String> wrong(AudioOutput output) {
    String where =
        " (reading=%s take=%s)".formatted(output.getReading(), output.getPlace().getTake());
    if (output.getFailure() != null) {
      return Optional.of(
          "a marked silence came: "
              + output.getFailure().getStage()
              + " "
              + output.getFailure().getCode()
              + ", "
              + output.getFailure().getReason()
              + where);
    }
    if (output.getSamples() <= 0 || !output.getLast()) {
      return Optional.of(
          "samples=%d last=%s, expected one whole record"
                  .formatted(output.getSamples(), output.getLast())
              + where);
    }
    return peak(output.getPcm()) > 0
        ? Optional.empty()
        : Optional.of("the output is silent, expected sound" + where);
  }

  private static float peak(ByteBuffer pcm) {
    var samples = pcm.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float peak = 0;
    while (samples.hasRemaining()) {
      float sample = samples.get();
      peak = Float.isFinite(sample) ? Math.max(peak, Math.abs(sample)) : 0;
    }
    return peak;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
