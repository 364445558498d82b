package org.sonograph.runtime;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Topics;

/**
 * A record that could not be used: original key, value and headers, and headers that say why, in
 * the form of Kafka Connect's.
 */
public final class DeadLetter {
  /** Beginning of the names of the cause headers. */
  public static final String HEADER_PREFIX = "__sonograph.errors.";

  public static final String TOPIC = HEADER_PREFIX + "topic";
  public static final String PARTITION = HEADER_PREFIX + "partition";
  public static final String OFFSET = HEADER_PREFIX + "offset";
  public static final String STAGE = HEADER_PREFIX + "stage";
  public static final String CODE = HEADER_PREFIX + "code";
  public static final String EXCEPTION_CLASS = HEADER_PREFIX + "exception.class.name";
  public static final String MESSAGE = HEADER_PREFIX + "exception.message";
  public static final String STACKTRACE = HEADER_PREFIX + "exception.stacktrace";
  public static final String TIMESTAMP = HEADER_PREFIX + "timestamp";

  private static final int TEXT_MAX_CHARS = 8 * 1024;

  private DeadLetter() {}

  /**
   * Why a record was given up.
   *
   * @param stage service that gave up
   * @param code short stable code, for counting
   * @param error what happened
   */
  public record Cause(String stage, String code, Throwable error) {
    /** The error's message, or its kind where it has none. */
    public String message() {
      String message = error.getMessage();
      return message == null ? error.getClass().getSimpleName() : message;
    }
  }

  /** The dead letter of a record, for the dead-letter topic beside its own. */
  public static ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> record, Cause cause) {
    return new ProducerRecord<>(
        Topics.deadLetter(record.topic()),
        null,
        null,
        record.key(),
        record.value(),
        headers(record, cause));
  }

  /**
   * Original headers with the cause's, and a span of their own in the record's trace; cause headers
   * of an earlier time are replaced.
   */
  public static Headers headers(ConsumerRecord<byte[], byte[]> record, Cause cause) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    HopWork.on(record.headers(), cause.stage(), attempts(record)).writeTo(headers);
    put(headers, TOPIC, record.topic());
    put(headers, PARTITION, Integer.toString(record.partition()));
    put(headers, OFFSET, Long.toString(record.offset()));
    put(headers, STAGE, cause.stage());
    put(headers, CODE, cause.code());
    put(headers, EXCEPTION_CLASS, cause.error().getClass().getName());
    put(headers, MESSAGE, cause.message());
    put(headers, STACKTRACE, stacktrace(cause.error()));
    put(headers, TIMESTAMP, Long.toString(System.currentTimeMillis()));
    return headers;
  }

  private static int attempts(ConsumerRecord<?, ?> record) {
    return record.deliveryCount().orElse((short) 1);
  }

  /** Text of a cause header. */
  public static Optional<String> text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  /** Removes the cause headers, as before a replay. */
  public static void removeCause(Headers headers) {
    for (Header header : headers.toArray()) {
      if (header.key().startsWith(HEADER_PREFIX)) {
        headers.remove(header.key());
      }
    }
  }

  private static void put(Headers headers, String name, String text) {
    headers.remove(name);
    String kept = text.length() > TEXT_MAX_CHARS ? text.substring(0, TEXT_MAX_CHARS) : text;
    headers.add(name, kept.getBytes(StandardCharsets.UTF_8));
  }

  private static String stacktrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
