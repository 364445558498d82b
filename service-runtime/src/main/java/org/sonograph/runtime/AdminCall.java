package org.sonograph.runtime;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Waits for an answer of the broker and turns what goes wrong into unchecked exceptions of Kafka.
 */
public final class AdminCall {
  private static final long TIMEOUT_S = 30;

  private AdminCall() {}

  /** What the broker answers; {@code what} names it where none comes in time. */
  public static <T> T await(KafkaFuture<T> answer, String what) {
    try {
      return answer.get(TIMEOUT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException(
          what + ": the broker gave no answer within " + TIMEOUT_S + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof org.apache.kafka.common.errors.ApiException api) {
        throw api;
      }
      throw new KafkaException(what + ": " + e.getCause().getMessage(), e.getCause());
    }
  }
}
