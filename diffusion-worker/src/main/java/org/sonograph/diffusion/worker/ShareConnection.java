package org.sonograph.diffusion.worker;

import java.time.Duration;
import org.apache.kafka.clients.consumer.ShareConsumer;

/**
 * How the worker gets its consumer.
 *
 * <p>A share consumer whose broker is gone turns in circles and keeps much of a core busy, whatever
 * its back-off settings say; so it is closed then, and another one opened once a broker answers.
 */
interface ShareConnection {
  /**
   * A new consumer of the group.
   *
   * @param records how many it takes at a time, at most
   */
  ShareConsumer<byte[], byte[]> open(int records);

  /** Whether a broker answers within a short time. */
  boolean brokerAnswers();

  /** Whether a consumer has no connection to any broker now. */
  static boolean isCutOff(ShareConsumer<?, ?> consumer) {
    return consumer.metrics().entrySet().stream()
        .filter(m -> m.getKey().name().equals("connection-count"))
        .anyMatch(m -> m.getValue().metricValue() instanceof Number n && n.doubleValue() == 0);
  }

  /** Closes a consumer without waiting for anyone's answer. */
  static void drop(ShareConsumer<?, ?> consumer) {
    consumer.close(Duration.ZERO);
  }
}
