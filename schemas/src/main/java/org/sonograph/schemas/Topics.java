package org.sonograph.schemas;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every topic of Sonograph; the one place where their names and sizes are written down. */
public final class Topics {
  /**
   * Largest serialised value, bytes. Every producer, topic, broker and fetch limit derives from it.
   */
  public static final int PAYLOAD_MAX_BYTES = 16 * 1024 * 1024;

  /**
   * Room for key, headers, cause headers of a dead letter and the batch around one payload, bytes.
   */
  public static final int ENVELOPE_MAX_BYTES = 256 * 1024;

  /** Largest record batch a broker or topic must take, bytes. */
  public static final int MESSAGE_MAX_BYTES = PAYLOAD_MAX_BYTES + ENVELOPE_MAX_BYTES;

  /** Partitions of an ordinary topic unless a setting says otherwise. */
  public static final int DEFAULT_PARTITIONS = 12;

  /** How long a dead letter is kept. */
  public static final Duration DEAD_LETTER_RETENTION = Duration.ofDays(30);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final String DEAD_LETTER_SUFFIX = ".dlq";

  public static final Topic<AudioChunk> AUDIO_CHUNKS =
      new Topic<>("audio.chunks", AudioChunk.class, Keying.CHUNK, WEEK, Topic.Cleanup.DELETE);
  public static final Topic<SpectrogramImage> SPECTROGRAM_IMAGES =
      new Topic<>(
          "spectrogram.images", SpectrogramImage.class, Keying.CHUNK, WEEK, Topic.Cleanup.DELETE);
  public static final Topic<DiffusedImage> DIFFUSED_IMAGES =
      new Topic<>("diffused.images", DiffusedImage.class, Keying.CHUNK, WEEK, Topic.Cleanup.DELETE);
  public static final Topic<AudioOutput> AUDIO_OUTPUTS =
      new Topic<>("audio.outputs", AudioOutput.class, Keying.TAKE, WEEK, Topic.Cleanup.DELETE);

  /** Pictures on their way, for whoever looks on; nobody depends on them. */
  public static final Topic<DiffusedImage> PREVIEWS =
      new Topic<>(
          "diffusion.previews",
          DiffusedImage.class,
          Keying.CHUNK,
          Duration.ofHours(1),
          Topic.Cleanup.DELETE);

  public static final Topic<TakeEvent> CONTROL =
      new Topic<>("sonograph.control", TakeEvent.class, Keying.EVENT, WEEK, Topic.Cleanup.COMPACT);

  private Topics() {}

  /** All topics, in the order of the pipeline; each has a dead-letter topic beside it. */
  public static List<Topic<?>> all() {
    return List.of(
        AUDIO_CHUNKS, SPECTROGRAM_IMAGES, DIFFUSED_IMAGES, AUDIO_OUTPUTS, PREVIEWS, CONTROL);
  }

  /** The topic of that name. */
  public static Optional<Topic<?>> named(String name) {
    return all().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /** Name of the topic that unreadable records of {@code topic} go to. */
  public static String deadLetter(String topic) {
    return topic + DEAD_LETTER_SUFFIX;
  }

  /** True if {@code topic} is a dead-letter topic. */
  public static boolean isDeadLetter(String topic) {
    return topic.endsWith(DEAD_LETTER_SUFFIX);
  }

  /** Name of the topic whose unreadable records are in {@code deadLetterTopic}. */
  public static String originOf(String deadLetterTopic) {
    if (!isDeadLetter(deadLetterTopic)) {
      throw new IllegalArgumentException(
          "topic=" + deadLetterTopic + ", expected a name ending in " + DEAD_LETTER_SUFFIX);
    }
    return deadLetterTopic.substring(0, deadLetterTopic.length() - DEAD_LETTER_SUFFIX.length());
  }
}
