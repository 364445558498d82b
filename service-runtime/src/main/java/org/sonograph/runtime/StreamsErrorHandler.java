package org.sonograph.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a stream does with an exception its processors let through: a dead letter, and on.
 *
 * <p>Where trying again may help (registry away, broker away) the stream's thread fails instead and
 * a new one starts from the last commit. It cannot make a failure record, so processors catch what
 * concerns one chunk themselves; see the README.
 */
public final class StreamsErrorHandler
    implements DeserializationExceptionHandler,
        ProcessingExceptionHandler,
        ProductionExceptionHandler {
  /** Property that holds the {@link MeterRegistry}. */
  public static final String METERS = "sonograph.meters";

  private MeterRegistry meters = Metrics.globalRegistry;
  private String stage = "";

  @Override
  public void configure(Map<String, ?> configs) {
    if (configs.get(METERS) instanceof MeterRegistry given) {
      meters = given;
    }
    String application = String.valueOf(configs.get(StreamsConfig.APPLICATION_ID_CONFIG));
    stage =
        Stages.ALL.stream()
            .filter(s -> s.group().equals(application))
            .map(Stages.Stage::name)
            .findFirst()
            .orElse(application);
  }

  @Override
  public DeserializationExceptionHandler.Response handleError(
      ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception error) {
    return isWorthRetrying(error)
        ? DeserializationExceptionHandler.Response.fail()
        : DeserializationExceptionHandler.Response.resume(
            letter(record, RecordReader.UNREADABLE, error));
  }

  @Override
  public ProcessingExceptionHandler.Response handleError(
      ErrorHandlerContext context, Record<?, ?> record, Exception error) {
    return isWorthRetrying(error)
        ? ProcessingExceptionHandler.Response.fail()
        : ProcessingExceptionHandler.Response.resume(letter(source(context), "processing", error));
  }

  @Override
  public ProductionExceptionHandler.Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception error) {
    return error instanceof RecordTooLargeException
        ? ProductionExceptionHandler.Response.resume(letter(source(context), "too-large", error))
        : ProductionExceptionHandler.Response.fail();
  }

  @Override
  @SuppressWarnings("rawtypes") // as the interface declares it
  public ProductionExceptionHandler.Response handleSerializationError(
      ErrorHandlerContext context,
      ProducerRecord record,
      Exception error,
      SerializationExceptionOrigin origin) {
    return isWorthRetrying(error)
        ? ProductionExceptionHandler.Response.fail()
        : ProductionExceptionHandler.Response.resume(letter(source(context), "unwritable", error));
  }

  private List<ProducerRecord<byte[], byte[]>> letter(
      ConsumerRecord<byte[], byte[]> record, String code, Exception error) {
    DeadLetter.Cause cause = new DeadLetter.Cause(stage, code, error);
    DeadLetters.note(meters, record, cause);
    return List.of(DeadLetter.of(record, cause));
  }

  private static ConsumerRecord<byte[], byte[]> source(ErrorHandlerContext context) {
    byte[] key = context.sourceRawKey();
    byte[] value = context.sourceRawValue();
    Headers headers = context.headers() == null ? new RecordHeaders() : context.headers();
    return new ConsumerRecord<>(
        context.topic(),
        context.partition(),
        context.offset(),
        context.timestamp(),
        TimestampType.CREATE_TIME,
        key == null ? 0 : key.length,
        value == null ? 0 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  static boolean isWorthRetrying(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof RetriableException && !(t instanceof RecordTooLargeException)) {
        return true;
      }
    }
    return false;
  }
}
