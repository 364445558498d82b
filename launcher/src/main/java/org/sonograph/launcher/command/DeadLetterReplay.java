package org.sonograph.launcher.command;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Sends the sound of chunks that were lost once more, as a take that repairs the first one: {@code
 * TAKE~N}. Its other chunks travel as failures, which change nothing where the first take already
 * has its sound.
 */
final class DeadLetterReplay {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final String STAGE = "dlq-replay";
  private static final char REPAIR = '~';
  private static final String PROFILE_OF_ONE_PICTURE = "notebook";

  private final Consumer<byte[], byte[]> consumer;
  private final Producer<String, byte[]> producer;
  private final AvroSerde<AudioChunk> serde;

  /** What is known of a take from its records on {@code audio.chunks}. */
  private static final class Known {
    private final SortedMap<Long, Place> places = new TreeMap<>();
    private final Map<Long, AudioChunk> sounds = new HashMap<>();
    private final Set<String> unreadable = new TreeSet<>();
    private AudioChunk any;
    private int repairs;
  }

  /**
   * What became of one take's letters.
   *
   * @param take the take
   * @param repair id of the take that repairs it; empty when there is none
   * @param chunks number of chunks sent again
   * @param problem why not, or not all; empty when all is well
   */
  record Result(String take, String repair, int chunks, String problem) {}

  DeadLetterReplay(
      Consumer<byte[], byte[]> consumer,
      Producer<String, byte[]> producer,
      AvroSerde<AudioChunk> serde) {
    this.consumer = consumer;
    this.producer = producer;
    this.serde = serde;
  }

  /** Chunks that dead letters are about, by take; repairs count for the take they repaired. */
  static Map<String, Set<Long>> affected(List<ConsumerRecord<byte[], byte[]>> letters) {
    Map<String, Set<Long>> affected = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> letter : letters) {
      ChunkHeaders.read(letter.headers())
          .ifPresent(
              h ->
                  affected
                      .computeIfAbsent(original(h.take()), t -> new TreeSet<>())
                      .add(h.chunk()));
    }
    return affected;
  }

  /** Sends what can be sent. */
  List<Result> replay(Map<String, Set<Long>> affected) {
    Map<String, Known> takes = find(affected);
    List<Result> results = new ArrayList<>();
    affected.forEach(
        (take, chunks) -> results.add(replay(take, chunks, takes.getOrDefault(take, new Known()))));
    producer.flush();
    return results;
  }

  private Result replay(String take, Set<Long> chunks, Known known) {
    if (known.sounds.isEmpty()) {
      String why =
          known.unreadable.isEmpty()
              ? "its sound is no longer on "
                  + Topics.AUDIO_CHUNKS.name()
                  + ": take the source in again"
              : "its sound cannot be read: " + String.join("; ", known.unreadable);
      return new Result(take, "", 0, why);
    }
    if (known.any.getInterpretation().getProfile().equals(PROFILE_OF_ONE_PICTURE)) {
      return new Result(
          take, "", 0, "profile notebook makes one picture of the whole: take the source in again");
    }
    String repair = take + REPAIR + (known.repairs + 1);
    for (Map.Entry<Long, Place> place : known.places.entrySet()) {
      AudioChunk sound = known.sounds.get(place.getKey());
      send(repaired(sound == null ? lost(known.any, place.getValue()) : sound, repair));
    }
    int missing = chunks.size() - known.sounds.size();
    return new Result(
        take,
        repair,
        known.sounds.size(),
        missing == 0 ? "" : missing + " chunks could not be found or read");
  }

  private Map<String, Known> find(Map<String, Set<Long>> affected) {
    Map<String, Known> takes = new HashMap<>();
    String topic = Topics.AUDIO_CHUNKS.name();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(topic, p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        note(record, affected, takes);
      }
    }
    return takes;
  }

  private void note(
      ConsumerRecord<byte[], byte[]> record,
      Map<String, Set<Long>> affected,
      Map<String, Known> takes) {
    Optional<ChunkHeaders> headers = ChunkHeaders.read(record.headers());
    if (headers.isEmpty() || !affected.containsKey(original(headers.get().take()))) {
      return;
    }
    String take = headers.get().take();
    Known known = takes.computeIfAbsent(original(take), t -> new Known());
    int at = take.indexOf(REPAIR);
    if (at >= 0) {
      known.repairs = Math.max(known.repairs, Integer.parseInt(take.substring(at + 1)));
      return;
    }
    long chunk = headers.get().chunk();
    known.places.put(chunk, headers.get().place());
    Set<Long> wanted = new HashSet<>(affected.get(take));
    if (wanted.contains(chunk) || known.any == null) {
      try {
        AudioChunk value = serde.read(record.topic(), record.value());
        known.any = known.any == null ? lost(value, value.getPlace()) : known.any;
        if (wanted.contains(chunk)) {
          known.sounds.put(chunk, AudioChunk.newBuilder(value).clearFailure().build());
        }
      } catch (UnreadableValueException e) {
        known.unreadable.add(e.getMessage());
      }
    }
  }

  /** A chunk that this repair does not make again. */
  private static AudioChunk lost(AudioChunk like, Place place) {
    return AudioChunk.newBuilder(like)
        .setPlace(place)
        .setPcm(ByteBuffer.allocate(0))
        .setFailure(
            Failure.newBuilder()
                .setStage("dlq")
                .setCode("not-repaired")
                .setReason("this repair makes other chunks of the take again")
                .build())
        .build();
  }

  private static AudioChunk repaired(AudioChunk chunk, String repair) {
    return AudioChunk.newBuilder(chunk)
        .setPlace(Place.newBuilder(chunk.getPlace()).setTake(repair).build())
        .build();
  }

  private void send(AudioChunk chunk) {
    String topic = Topics.AUDIO_CHUNKS.name();
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(topic, Keys.chunk(chunk.getPlace()), serde.write(topic, chunk));
    ChunkHeaders.write(
        record.headers(), chunk.getPlace(), chunk.getSource(), chunk.getInterpretation());
    HopWork.first(STAGE, Optional.empty()).writeTo(record.headers());
    producer.send(record);
  }

  private static String original(String take) {
    int at = take.indexOf(REPAIR);
    return at < 0 ? take : take.substring(0, at);
  }
}
