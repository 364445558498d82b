package org.sonograph.decoder;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import org.sonograph.signal.loudness.TruePeakLimiter;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;

/**
 * The growing end of one reading's sound: joins each chunk to the last, limits, and gives what is
 * ready. In whatever pieces the sound comes, the lengths of all stretches add up to what went in,
 * to the sample. Belongs to one thread; lives in a store between chunks.
 *
 * <p>What is kept of a chunk is its tail: the overlap with the next one, and before it as much of
 * what was sent as the join's windows reach back.
 */
final class Timeline {

  /** Raised when the stored form changes. */
  private static final byte FORM = 1;

  /** How long sound takes to fade into, or out of, a chunk that is silence. */
  private static final double FADE_SECONDS = 0.01;

  private final int sampleRateHz;
  private final int channels;
  private Optional<TruePeakLimiter> limiter;
  private long position;
  private long emitted;

  /** Nothing but silence is on its way through the limiter. */
  private boolean quiet = true;

  /** The last chunk was silence. */
  private boolean silenced;

  /**
   * {@code [channel][sample]}; ends {@link #overlap} samples after {@link #position}; empty after
   * silence.
   */
  private float[][] tail;

  private byte[] tailPng = {};
  private int overlap;

  private Timeline(int sampleRateHz, int channels, Optional<TruePeakLimiter> limiter, long start) {
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
    this.limiter = limiter;
    this.position = start;
    this.emitted = start;
    this.tail = new float[channels][0];
  }

  /** A sound that is levelled and limited, beginning at a sample of its track. */
  static Timeline limited(int sampleRateHz, int channels, long start) {
    return new Timeline(
        sampleRateHz, channels, Optional.of(new TruePeakLimiter(sampleRateHz, channels)), start);
  }

  /** A sound that passes as it is. */
  static Timeline plain(int sampleRateHz, int channels, long start) {
    return new Timeline(sampleRateHz, channels, Optional.empty(), start);
  }

  int sampleRateHz() {
    return sampleRateHz;
  }

  int channels() {
    return channels;
  }

  /** Where the next chunk begins. */
  long position() {
    return position;
  }

  /** Whether the next chunk has something to be joined to. */
  boolean hasTail() {
    return overlap > 0 && tail[0].length > 0;
  }

  /** Takes the next chunk, which begins at {@link #position}. */
  Stretch append(Piece piece) {
    Sound sound = piece.sound();
    int step = piece.stepSamples();
    float[][] ready = joined(piece, step);
    int reach = Math.min(piece.reachSamples(), step);
    float[][] kept = new float[channels][reach + sound.length() - step];
    for (int c = 0; c < channels; c++) {
      System.arraycopy(ready[c], step - reach, kept[c], 0, reach);
      System.arraycopy(sound.channels()[c], step, kept[c], reach, sound.length() - step);
    }
    tail = kept;
    tailPng = piece.tailPng();
    overlap = sound.length() - step;
    return push(ready);
  }

  /** Takes the last chunk; nothing may follow. */
  Stretch appendLast(Piece piece) {
    Stretch body = push(joined(piece, piece.sound().length()));
    dropTail();
    return body.then(finish());
  }

  /** Takes silence in place of the next chunk; what sounds fades out at its beginning. */
  Stretch silence(long samples) {
    if (quiet && !hasTail()) {
      silenced = true;
      position += samples;
      Stretch stretch = new Stretch(emitted, samples, Optional.empty());
      emitted += samples;
      return stretch;
    }
    int length = Math.toIntExact(samples);
    int fade = Math.min(Math.min(fadeSamples(), overlap), length);
    float[][] faded = new float[channels][length];
    for (int c = 0; c < channels; c++) {
      int from = tail[c].length - overlap;
      for (int i = 0; i < fade; i++) {
        faded[c][i] = tail[c][from + i] * rise(fade - 1 - i, fade);
      }
    }
    dropTail();
    Stretch stretch = push(faded);
    silenced = true;
    quiet = length - fade >= limiter.map(TruePeakLimiter::delaySamples).orElse(0);
    return stretch;
  }

  /** What is still on its way; nothing may follow. */
  Stretch finish() {
    if (limiter.isEmpty() || emitted == position) {
      return new Stretch(emitted, 0, Optional.empty());
    }
    if (quiet) {
      Stretch rest = new Stretch(emitted, position - emitted, Optional.empty());
      emitted = position;
      return rest;
    }
    return sent(limiter.get().finish());
  }

  private float[][] joined(Piece piece, int length) {
    float[][] ready = new float[channels][];
    for (int c = 0; c < channels; c++) {
      ready[c] = Arrays.copyOf(piece.sound().channels()[c], length);
    }
    if (hasTail() && overlap == piece.overlapSamples() && overlap <= length) {
      Sound seam = piece.join(new Sound(sampleRateHz, tail), tailPng);
      for (int c = 0; c < channels; c++) {
        System.arraycopy(seam.channels()[c], 0, ready[c], 0, overlap);
      }
    } else if (silenced) {
      int fade = Math.min(fadeSamples(), length);
      for (float[] channel : ready) {
        for (int i = 0; i < fade; i++) {
          channel[i] *= rise(i, fade);
        }
      }
    }
    return ready;
  }

  private void dropTail() {
    tail = new float[channels][0];
    tailPng = new byte[0];
    overlap = 0;
  }

  private Stretch push(float[][] ready) {
    position += ready[0].length;
    quiet = false;
    silenced = false;
    return sent(limiter.isPresent() ? limiter.get().push(ready) : ready);
  }

  private Stretch sent(float[][] samples) {
    int length = samples[0].length;
    Stretch stretch =
        new Stretch(
            emitted,
            length,
            length == 0 ? Optional.empty() : Optional.of(new Sound(sampleRateHz, samples)));
    emitted += length;
    return stretch;
  }

  private int fadeSamples() {
    return (int) Math.round(FADE_SECONDS * sampleRateHz);
  }

  /** Half a cosine from 0 to 1. */
  private static float rise(int sample, int of) {
    return (float) (0.5 - 0.5 * Math.cos(Math.PI * (sample + 0.5) / of));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeInt(sampleRateHz);
      out.writeInt(channels);
      out.writeLong(position);
      out.writeLong(emitted);
      out.writeBoolean(quiet);
      out.writeBoolean(silenced);
      out.writeInt(overlap);
      write(out, SampleFormat.F32.encode(tail, 0, tail[0].length));
      write(out, tailPng);
      write(out, limiter.map(TruePeakLimiter::state).orElse(new byte[0]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Timeline fromBytes(byte[] stored) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      byte form = in.readByte();
      if (form != FORM) {
        throw new IllegalStateException(
            "stored timeline has form %d, expected %d: it was written by a newer version"
                .formatted(form, FORM));
      }
      Timeline timeline = new Timeline(in.readInt(), in.readInt(), Optional.empty(), in.readLong());
      timeline.emitted = in.readLong();
      timeline.quiet = in.readBoolean();
      timeline.silenced = in.readBoolean();
      timeline.overlap = in.readInt();
      byte[] tail = read(in);
      timeline.tail = SampleFormat.F32.decode(tail, 0, tail.length, timeline.channels);
      timeline.tailPng = read(in);
      byte[] state = read(in);
      if (state.length > 0) {
        timeline.limiter = Optional.of(TruePeakLimiter.fromState(state));
      }
      return timeline;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, byte[] field) throws IOException {
    out.writeInt(field.length);
    out.write(field);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
