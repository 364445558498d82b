package org.sonograph.schemas;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * Work of one hop on one record: what its answers say of trace and times. Each answer is a new span
 * of the trace that the record came with; one that came without begins a trace.
 *
 * @param stage service at work
 * @param from where in which trace the record was; empty where it was in none
 * @param begunMs when the chunk was first written to a topic; 0 = not known
 * @param takenMs when the record was taken up
 * @param attempt how many times it had been given out, from 1
 */
public record HopWork(
    String stage, Optional<TraceContext> from, long begunMs, long takenMs, int attempt) {

  /** The first hop of a chunk, in the trace of whoever asked for it, if any. */
  public static HopWork first(String stage, Optional<TraceContext> caller) {
    long now = System.currentTimeMillis();
    return new HopWork(stage, caller, now, now, 1);
  }

  /** A record is taken up now. */
  public static HopWork on(Headers record, String stage) {
    return on(record, stage, 1);
  }

  /** A record that was given out several times is taken up now. */
  public static HopWork on(Headers record, String stage, int attempt) {
    long begun = Hop.read(record).map(hop -> hop.times().begun()).orElse(0L);
    return new HopWork(
        stage, TraceContext.read(record), begun, System.currentTimeMillis(), attempt);
  }

  /** Writes the headers of an answer that is done and written now. */
  public void writeTo(Headers answer) {
    writeTo(answer, System.currentTimeMillis());
  }

  /** Writes the headers of an answer that is written now and was done before. */
  public void writeTo(Headers answer, long doneMs) {
    from.map(TraceContext::next).orElseGet(TraceContext::begin).writeTo(answer);
    new Hop(
            stage,
            from.map(TraceContext::spanId).orElse(""),
            new Hop.Times(begunMs, takenMs, doneMs, System.currentTimeMillis()),
            attempt,
            Hop.ofThisProcess())
        .writeTo(answer);
  }
}
