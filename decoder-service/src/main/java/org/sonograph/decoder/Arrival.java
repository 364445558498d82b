package org.sonograph.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.TraceContext;

/**
 * The coming of a piece to the assembler, and what its terminal record will say of its trace.
 *
 * @param ms when it came, milliseconds since 1970
 * @param work its decoding
 * @param doneMs when that was done, milliseconds since 1970; 0 = not known
 */
record Arrival(long ms, HopWork work, long doneMs) {

  /** What a piece's headers say. */
  static Arrival of(Headers headers, long nowMs) {
    HopWork work = HopWork.on(headers, ChunkDecoder.STAGE);
    return Hop.read(headers)
        .map(Hop::times)
        .map(
            decoding ->
                new Arrival(
                    nowMs,
                    new HopWork(work.stage(), work.from(), work.begunMs(), decoding.taken(), 1),
                    decoding.done()))
        .orElseGet(() -> new Arrival(nowMs, work, work.takenMs()));
  }

  /** Writes the headers of its terminal record, which leaves now. */
  void writeTo(Headers terminal) {
    work.writeTo(terminal, doneMs);
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(ms);
    out.writeUTF(work.from().map(TraceContext::parent).orElse(""));
    out.writeUTF(work.from().map(TraceContext::state).orElse(""));
    out.writeLong(work.begunMs());
    out.writeLong(work.takenMs());
    out.writeLong(doneMs);
  }

  static Arrival read(DataInputStream in) throws IOException {
    long ms = in.readLong();
    var trace = TraceContext.parse(in.readUTF(), in.readUTF());
    HopWork work = new HopWork(ChunkDecoder.STAGE, trace, in.readLong(), in.readLong(), 1);
    return new Arrival(ms, work, in.readLong());
  }

  /** As older stored forms have it: the time alone. */
  static Arrival untraced(long ms) {
    return new Arrival(ms, new HopWork(ChunkDecoder.STAGE, Optional.empty(), 0, 0, 1), 0);
  }
}
