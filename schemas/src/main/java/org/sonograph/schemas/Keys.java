package org.sonograph.schemas;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/** Text of the record keys. */
public final class Keys {
  private static final char SEPARATOR = '/';

  private Keys() {}

  /** Identity of a chunk as its key says it. */
  public record ChunkKey(String take, long chunk) {}

  /** Key {@code take/chunk}. */
  public static String chunk(String take, long chunk) {
    return requireTake(take) + SEPARATOR + chunk;
  }

  /** Key {@code take/chunk} of a place. */
  public static String chunk(Place place) {
    return chunk(place.getTake(), place.getChunk());
  }

  /** Key {@code take}. */
  public static String take(String take) {
    return requireTake(take);
  }

  /** Key {@code kind/take}. */
  public static String event(String kind, String take) {
    return kind + SEPARATOR + requireTake(take);
  }

  /** Take and chunk of a {@code take/chunk} key; empty when the text is not such a key. */
  public static Optional<ChunkKey> parseChunk(String key) {
    int at = key == null ? -1 : key.lastIndexOf(SEPARATOR);
    if (at <= 0) {
      return Optional.empty();
    }
    try {
      long chunk = Long.parseLong(key.substring(at + 1));
      return chunk < 0 ? Optional.empty() : Optional.of(new ChunkKey(key.substring(0, at), chunk));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Partition in which all chunks of a take lie whose order matters, of a topic with so many. */
  public static int partitionOfTake(String take, int partitions) {
    return Math.floorMod(take.hashCode(), partitions);
  }

  /** Partition in which Kafka's own partitioner puts a key, of a topic with so many. */
  public static int partitionOf(String key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
  }

  private static String requireTake(String take) {
    if (take.isEmpty() || take.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException(
          "take='" + take + "', expected a non-empty id without '" + SEPARATOR + "'");
    }
    return take;
  }
}
