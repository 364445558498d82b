package org.sonograph.ingest.send;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sonograph.schemas.TakeEvent;

/** How far each take has been sent, across restarts. */
public interface SentLedger {

  /** What is known of a take; empty when nothing was sent. */
  Optional<TakeEvent> of(String take);

  /** Notes progress; later notes replace earlier ones. */
  void note(TakeEvent event);

  /** Kind of the events. */
  String KIND = "sent";

  /** The event that says so many chunks, from the first on, are acknowledged. */
  static TakeEvent event(String take, long chunks, boolean complete) {
    return TakeEvent.newBuilder()
        .setTake(take)
        .setKind(KIND)
        .setChunks(chunks)
        .setComplete(complete)
        .setTimeMs(System.currentTimeMillis())
        .build();
  }

  /** A ledger that forgets when the process ends. */
  static SentLedger inMemory() {
    Map<String, TakeEvent> events = new ConcurrentHashMap<>();
    return new SentLedger() {
      @Override
      public Optional<TakeEvent> of(String take) {
        return Optional.ofNullable(events.get(take));
      }

      @Override
      public void note(TakeEvent event) {
        events.put(event.getTake(), event);
      }
    };
  }
}
