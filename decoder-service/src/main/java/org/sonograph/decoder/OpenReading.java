package org.sonograph.decoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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
  private static final byte FORM = 1;

  private long nextChunk;
  private long totalChunks;
  private long stepSamples;
  private long lastNewsMs;
  private long givenUp;
  private final SortedMap<Long, Long> arrivalMsByChunk = new TreeMap<>();

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

  boolean isWaiting(long chunk) {
    return arrivalMsByChunk.containsKey(chunk);
  }

  boolean anyWaiting() {
    return !arrivalMsByChunk.isEmpty();
  }

  /** The chunks that wait, from the lowest on. */
  List<Long> waitingChunks() {
    return List.copyOf(arrivalMsByChunk.keySet());
  }

  /** Since when the longest waiting piece waits; only where {@link #anyWaiting}. */
  long waitingSinceMs() {
    return arrivalMsByChunk.values().stream().mapToLong(Long::longValue).min().orElseThrow();
  }

  /** True if the next chunk is the take's last. */
  boolean nextIsLast() {
    return totalChunks > 0 && nextChunk >= totalChunks - 1;
  }

  /** A piece came that will be heard. */
  void received(DecodedChunk piece, long nowMs) {
    Place place = piece.getPlace();
    arrivalMsByChunk.put(place.getChunk(), nowMs);
    lastNewsMs = nowMs;
    if (place.getTotalChunks() > 0) {
      totalChunks = place.getTotalChunks();
    } else {
      stepSamples = piece.getSamples() - piece.getOverlapSamples();
    }
  }

  /** The next chunk was sent, from a piece that had come. */
  void sent() {
    arrivalMsByChunk.remove(nextChunk);
    nextChunk++;
  }

  /** The next chunk was sent as silence, because it never came. */
  void sentWithoutIt() {
    givenUp++;
    nextChunk++;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(48 + 16 * arrivalMsByChunk.size());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(nextChunk);
      out.writeLong(totalChunks);
      out.writeLong(stepSamples);
      out.writeLong(lastNewsMs);
      out.writeLong(givenUp);
      out.writeInt(arrivalMsByChunk.size());
      for (var entry : arrivalMsByChunk.entrySet()) {
        out.writeLong(entry.getKey());
        out.writeLong(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static OpenReading fromBytes(byte[] stored) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      byte form = in.readByte();
      if (form != FORM) {
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
      int waiting = in.readInt();
      for (int i = 0; i < waiting; i++) {
        open.arrivalMsByChunk.put(in.readLong(), in.readLong());
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
