package org.sonograph.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;

/** The real ingest on the real FFmpeg, with a producer that acknowledges at once. */
public final class TestIngest {
  private static final FFmpeg FFMPEG = FFmpeg.open(FFmpegSettings.defaults());

  private TestIngest() {}

  /** Nothing is held back. */
  static Ingest of(CollectingProducer producer, SentLedger ledger) {
    AheadGate gate = new AheadGate(() -> 0, 1_000_000, time -> {});
    return new Ingest(
        FFMPEG,
        new TakeSender.Backbone(producer, producer.serde, ledger, gate),
        IngestLimits.DEFAULTS,
        new SimpleMeterRegistry());
  }

  /** One that forgets what it sent. */
  public static Ingest open() {
    return of(new CollectingProducer(), SentLedger.inMemory());
  }
}
