package org.sonograph.spectrogram;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Place;
import org.sonograph.signal.spectrogram.PowerRange;

/**
 * How far a notebook take has come: chunks without a gap, or why there will be no picture. Belongs
 * to one thread; lives in a store between records.
 */
final class NotebookTake {

  /** Raised when the stored form changes. */
  private static final byte FORM = 1;

  private long nextChunk;
  private long samples;
  private long lastNewsMs;
  private PowerRange range = PowerRange.NONE;
  private int[] columns = {};
  private String failureCode = "";
  private String failureReason = "";

  /** The chunk expected next. */
  long nextChunk() {
    return nextChunk;
  }

  /** Samples a channel that have come. */
  long samples() {
    return samples;
  }

  /** When a chunk came last, milliseconds since 1970. */
  long lastNewsMs() {
    return lastNewsMs;
  }

  /** Lowest and highest power so far. */
  PowerRange range() {
    return range;
  }

  /** Number of columns of each chunk so far. */
  int[] columns() {
    return columns.clone();
  }

  /** The columns of the next chunk were kept. */
  void add(NotebookColumns chunk) {
    range = range.including(chunk.range());
    columns = Arrays.copyOf(columns, columns.length + 1);
    columns[columns.length - 1] = chunk.count();
  }

  /** Why there will be no picture; empty while there may be one. */
  Optional<Failure> failure() {
    return failureCode.isEmpty()
        ? Optional.empty()
        : Optional.of(SpectrogramImages.failure(failureCode, failureReason));
  }

  /** Gives the picture up; the first reason counts. */
  void fail(Failure why) {
    if (failureCode.isEmpty()) {
      failureCode = why.getCode();
      failureReason = why.getReason();
    }
  }

  /** What is wrong with a chunk at this place, if anything. */
  Optional<Failure> objection(Place place, Duration longest) {
    if (place.getChunk() != nextChunk || place.getStartSample() != samples) {
      return Optional.of(
          SpectrogramImages.failure(
              "missing-chunk",
              "chunk=%d at sample %d came, expected chunk=%d at sample %d (take=%s): send the take again"
                  .formatted(
                      place.getChunk(),
                      place.getStartSample(),
                      nextChunk,
                      samples,
                      place.getTake())));
    }
    long limit = longest.toSeconds() * place.getSampleRateHz();
    if (samples + place.getLengthSamples() > limit) {
      return Optional.of(
          SpectrogramImages.failure(
              "too-long",
              "sound is longer than %d min, which is the most for one notebook picture (take=%s): use profile tape, cut the sound, or raise notebook-limit-min"
                  .formatted(longest.toMinutes(), place.getTake())));
    }
    return Optional.empty();
  }

  /** A chunk was taken in, or passed over after a failure. */
  void passed(Place place, long nowMs) {
    nextChunk = place.getChunk() + 1;
    samples = place.getStartSample() + place.getLengthSamples();
    lastNewsMs = nowMs;
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeLong(nextChunk);
      out.writeLong(samples);
      out.writeLong(lastNewsMs);
      out.writeFloat(range.lowest());
      out.writeFloat(range.highest());
      out.writeInt(columns.length);
      for (int count : columns) {
        out.writeInt(count);
      }
      out.writeUTF(failureCode);
      out.writeUTF(failureReason.substring(0, Math.min(failureReason.length(), 10_000)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static NotebookTake fromBytes(byte[] stored) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      byte form = in.readByte();
      if (form != FORM) {
        throw new IllegalStateException(
            "stored notebook state has form %d, expected %d: it was written by a newer version"
                .formatted(form, FORM));
      }
      NotebookTake take = new NotebookTake();
      take.nextChunk = in.readLong();
      take.samples = in.readLong();
      take.lastNewsMs = in.readLong();
      take.range = new PowerRange(in.readFloat(), in.readFloat());
      take.columns = new int[in.readInt()];
      for (int i = 0; i < take.columns.length; i++) {
        take.columns[i] = in.readInt();
      }
      take.failureCode = in.readUTF();
      take.failureReason = in.readUTF();
      return take;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
