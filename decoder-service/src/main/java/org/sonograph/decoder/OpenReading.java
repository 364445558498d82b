package org.sonograph.decoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.Place;

/**
 * How far one reading of one take has come: which chunk is next, which later ones wait. Belongs to
 * one thread; lives in a store between records.
 */
final class OpenReading {

  /** Raised when the stored form changes; an older form is read as long as it can exist. */
  private static final byte FORM = 3;

  /** Knew nothing of live takes. */
  private static final byte PATIENT_FORM = 2;

  /** Knew of a waiting chunk only when it came. */
  private static final byte UNTRACED_FORM = 1;

  private static final double MS_A_SECOND = 1000;

  private long nextChunk;
  private long totalChunks;
  private long stepSamples;
  private long lastNewsMs;
  private long givenUp;
  private long dueChunk;
  private long dueMs;
  private double stepMs;
  private final SortedMap<Long, Arrival> arrivals = new TreeMap<>();

  static OpenReading begun(long nowMs) {
    OpenReading open = new OpenReading();
    open.lastNewsMs = nowMs;
    return open;
  }

  /** The chunk whose turn it is. */
  long nextChunk() {
    return nextChunk;
  }

  /** Number of chunks of the take; 0 = not known yet. */
  long totalChunks() {
    return totalChunks;
  }

  /** Samples from one chunk's start to the next one's, at the output's rate; 0 = not known yet. */
  long stepSamples() {
    return stepSamples;
  }

  /** When anything new of it arrived last. */
  long lastNewsMs() {
    return lastNewsMs;
  }

  /**
   * Whether a chunk was given up before it came: what comes below {@link #nextChunk} may be late,
   * not double.
   */
  boolean gaveUpAny() {
    return givenUp > 0;
  }

  /**
   * When the next chunk is to be heard, milliseconds since 1970; 0 = the take is not live, or this
   * is not known yet.
   */
  long nextDueMs() {
    return dueMs == 0 || stepMs == 0 ? 0 : dueMs + Math.round((nextChunk - dueChunk) * stepMs);
  }

  boolean isWaiting(long chunk) {
    return arrivals.containsKey(chunk);
  }

  boolean anyWaiting() {
    return !arrivals.isEmpty();
  }

  /** The chunks that wait, from the lowest on. */
  List<Long> waitingChunks() {
    return List.copyOf(arrivals.keySet());
  }

  /** Since when the longest waiting piece waits; only where {@link #anyWaiting}. */
  long waitingSinceMs() {
    return arrivals.values().stream().mapToLong(Arrival::ms).min().orElseThrow();
  }

  /** How the next chunk came; empty if it has not. */
  Optional<Arrival> nextArrival() {
    return Optional.ofNullable(arrivals.get(nextChunk));
  }

  /** True if the next chunk is the take's last. */
  boolean nextIsLast() {
    return totalChunks > 0 && nextChunk >= totalChunks - 1;
  }

  /** A piece came that will be heard. */
  void received(DecodedChunk piece, Arrival arrival) {
    Place place = piece.getPlace();
    arrivals.put(place.getChunk(), arrival);
    lastNewsMs = arrival.ms();
    if (place.getTotalChunks() > 0) {
      totalChunks = place.getTotalChunks();
    } else {
      stepSamples = piece.getSamples() - piece.getOverlapSamples();
      stepMs = MS_A_SECOND * stepSamples / Math.max(1, piece.getSampleRateHz());
    }
    if (place.getDueMs() > 0) {
      dueChunk = place.getChunk();
      dueMs = place.getDueMs();
    }
  }

  /** The next chunk was sent, from a piece that had come. */
  void sent() {
    arrivals.remove(nextChunk);
    nextChunk++;
  }

  /** The next chunk was sent as silence, because it never came. */
  void sentWithoutIt() {
    givenUp++;
    nextChunk++;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(72 + 112 * arrivals.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(nextChunk);
      out.writeLong(totalChunks);
      out.writeLong(stepSamples);
      out.writeLong(lastNewsMs);
      out.writeLong(givenUp);
      out.writeLong(dueChunk);
      out.writeLong(dueMs);
      out.writeDouble(stepMs);
      out.writeInt(arrivals.size());
      for (var entry : arrivals.entrySet()) {
        out.writeLong(entry.getKey());
        entry.getValue().writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static OpenReading fromBytes(byte[] stored) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      byte form = in.readByte();
      if (form < UNTRACED_FORM || form > FORM) {
        throw new IllegalStateException(
            "stored assembler state has form %d, expected %d: it was written by a newer version"
                .formatted(form, FORM));
      }
      OpenReading open = new OpenReading();
      open.nextChunk = in.readLong();
      open.totalChunks = in.readLong();
      open.stepSamples = in.readLong();
      open.lastNewsMs = in.readLong();
      open.givenUp = in.readLong();
      if (form > PATIENT_FORM) {
        open.dueChunk = in.readLong();
        open.dueMs = in.readLong();
        open.stepMs = in.readDouble();
      }
      int waiting = in.readInt();
      for (int i = 0; i < waiting; i++) {
        long chunk = in.readLong();
        open.arrivals.put(
            chunk, form == UNTRACED_FORM ? Arrival.untraced(in.readLong()) : Arrival.read(in));
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
