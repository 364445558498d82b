package org.sonograph.gallery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Topics;

/** Counts what is collected. */
final class CollectorMeters {
  private final MeterRegistry meters;
  private final StageMeters stage;
  private final Counter retries;
  private final AtomicInteger open = new AtomicInteger();

  CollectorMeters(MeterRegistry meters) {
    this.meters = meters;
    this.stage = new StageMeters(meters, Carrier.GALLERY);
    this.retries = Catalogue.GALLERY_RETRIES.counter(meters);
    Catalogue.GALLERY_RECORDS.zero(meters);
    Catalogue.GALLERY_TAKES.zero(meters);
    Catalogue.GALLERY_REMOVED.zero(meters);
    Catalogue.GALLERY_OPEN.gauge(meters, open::get);
  }

  /** A record is put into files; sound is what the stage is there for. */
  void put(ConsumerRecord<?, ?> record) {
    Catalogue.GALLERY_RECORDS.counter(meters, record.topic()).increment();
    if (record.topic().equals(Topics.AUDIO_OUTPUTS.name())) {
      ChunkHeaders.read(record.headers())
          .ifPresent(h -> stage.audio(h.toPlace(), h.readings().size()));
      stage.made(record.timestamp(), System.currentTimeMillis());
    }
  }

  void retry() {
    retries.increment();
  }

  void closed(Outcome outcome) {
    Catalogue.GALLERY_TAKES.counter(meters, outcome.text()).increment();
  }

  /** So many takes have begun and are not closed. */
  void open(int takes) {
    open.set(takes);
  }
}
