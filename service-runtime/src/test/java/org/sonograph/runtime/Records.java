package org.sonograph.runtime;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer hands them over. */
final class Records {
  private Records() {}

  /** A record at offset 42 of partition 3. */
  static ConsumerRecord<byte[], byte[]> of(String topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        topic,
        3,
        42,
        1_000,
        TimestampType.CREATE_TIME,
        keyBytes.length,
        value == null ? 0 : value.length,
        keyBytes,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
