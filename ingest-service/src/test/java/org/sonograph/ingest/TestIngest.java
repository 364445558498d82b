package org.sonograph.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.ingest.send.PictureCount;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.TraceContext;

/** The real ingest on the real FFmpeg, with a producer that acknowledges at once. */
public final class TestIngest {
  private static final FFmpeg FFMPEG = FFmpeg.open(FFmpegSettings.defaults());

  private TestIngest() {}

  /** Nothing is held back. */
  static Ingest of(CollectingProducer producer, SentLedger ledger) {
    AheadGate gate =
        new AheadGate(() -> new PictureCount.Pictures(0, 0), there -> 1_000_000, time -> {});
    return new Ingest(
        FFMPEG,
        new TakeSender.Backbone(producer, producer.serde, ledger, gate),
        IngestLimits.DEFAULTS,
        new SimpleMeterRegistry());
  }

  /** One whose chunks go on in these traces. */
  public static Ingest tracing(Consumer<TraceContext> traces) {
    CollectingProducer producer =
        new CollectingProducer() {
          @Override
          public synchronized Future<RecordMetadata> send(
              ProducerRecord<String, byte[]> record, Callback callback) {
            TraceContext.read(record.headers()).ifPresent(traces);
            return super.send(record, callback);
          }
        };
    return of(producer, SentLedger.inMemory());
  }

  /** One that forgets what it sent. */
  public static Ingest open() {
    return of(new CollectingProducer(), SentLedger.inMemory());
  }
}
