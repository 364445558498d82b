package org.sonograph.gallery;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sonograph.signal.sound.LoopPoints;
import org.sonograph.signal.sound.SampleFormat;

/**
 * The head of a WAV file: always {@value #BYTES} bytes, so that it can be rewritten in place while
 * sound grows behind it.
 *
 * <p>All that is said about the sound stands before the sound (bext, LIST/INFO, XMP in {@code
 * _PMX}); a JUNK chunk keeps room for the {@code ds64} of RF64 (EBU Tech 3306), into which the head
 * turns once a size passes 32 bits.
 *
 * @param format sample format of the data
 * @param channels channels, interleaved
 * @param sampleRateHz rate
 * @param label what the file says about itself
 * @param take id of the take, for archives
 * @param ends how the sound ends
 */
record WaveHeader(
    SampleFormat format, int channels, int sampleRateHz, SoundLabel label, String take, Ends ends) {
  /** How a sound ends. */
  enum Ends {
    /** It stops. */
    STOP,
    /** It goes on at its beginning, which samplers are told by loop points. */
    LOOP
  }

  /** Where the sound begins. */
  static final int BYTES = 8192;

  private static final int MAX_CHANNELS = 8;
  private static final long MAX_32_BIT = 0xFFFF_FFFFL;
  private static final int DS64_BYTES = 28;
  private static final int CHUNK_HEAD_BYTES = 8;
  private static final int PCM_TAG = 1;
  private static final int FLOAT_TAG = 3;

  WaveHeader {
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new IllegalArgumentException(
          "channels=" + channels + ", expected 1 to " + MAX_CHANNELS);
    }
    if (sampleRateHz < 1) {
      throw new IllegalArgumentException("sampleRateHz=" + sampleRateHz + ", expected 1 or more");
    }
  }

  /** Bytes of one sample of all channels. */
  int frameBytes() {
    return format.bytesPerSample() * channels;
  }

  /** The head of a file with this many samples a channel. */
  byte[] bytes(long samples) {
    long dataBytes = Math.multiplyExact(samples, (long) frameBytes());
    long padding = dataBytes & 1;
    long riffBytes = BYTES - CHUNK_HEAD_BYTES + dataBytes + padding;
    boolean is64Bit = riffBytes > MAX_32_BIT;
    ByteBuffer head = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tag(head, is64Bit ? "RF64" : "RIFF").putInt((int) (is64Bit ? MAX_32_BIT : riffBytes));
    tag(head, "WAVE");
    tag(head, is64Bit ? "ds64" : "JUNK").putInt(DS64_BYTES);
    if (is64Bit) {
      head.putLong(riffBytes).putLong(dataBytes).putLong(samples).putInt(0);
    } else {
      head.position(head.position() + DS64_BYTES);
    }
    putFormat(head, samples);
    if (ends == Ends.LOOP && samples > 0) {
      head.put(LoopPoints.chunk(sampleRateHz, samples));
    }
    putChunk(head, BroadcastExtension.TAG, new BroadcastExtension(this).bytes());
    putChunk(head, "LIST", info());
    putChunk(head, "_PMX", label.toXmp().packet().getBytes(StandardCharsets.UTF_8));
    int filler = BYTES - CHUNK_HEAD_BYTES - CHUNK_HEAD_BYTES - head.position();
    tag(head, "JUNK").putInt(filler).position(BYTES - CHUNK_HEAD_BYTES);
    tag(head, "data").putInt((int) (is64Bit ? MAX_32_BIT : dataBytes));
    return head.array();
  }

  private void putFormat(ByteBuffer head, long samples) {
    boolean isFloat = format.isFloat();
    tag(head, "fmt ").putInt(isFloat ? 18 : 16);
    head.putShort((short) (isFloat ? FLOAT_TAG : PCM_TAG));
    head.putShort((short) channels);
    head.putInt(sampleRateHz);
    head.putInt(Math.multiplyExact(sampleRateHz, frameBytes()));
    head.putShort((short) frameBytes());
    head.putShort((short) (8 * format.bytesPerSample()));
    if (isFloat) {
      head.putShort((short) 0);
      tag(head, "fact").putInt(4).putInt((int) Math.min(samples, MAX_32_BIT));
    }
  }

  private byte[] info() {
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    info.writeBytes("INFO".getBytes(StandardCharsets.US_ASCII));
    field(info, "INAM", label.title());
    field(info, "IART", label.artist());
    field(info, "ICOP", label.licence());
    field(info, "ICMT", label.comment() + ". Source type: " + label.source().uri());
    field(info, "ISRC", label.ancestry());
    field(info, "ISFT", SoundLabel.SOFTWARE);
    field(info, "IARL", label.archiveId());
    return info.toByteArray();
  }

  private static void field(ByteArrayOutputStream info, String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(CHUNK_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    tag(head, name).putInt(bytes.length);
    info.writeBytes(head.array());
    info.writeBytes(bytes);
    if (bytes.length % 2 == 1) {
      info.write(0);
    }
  }

  private static void putChunk(ByteBuffer head, String name, byte[] content) {
    tag(head, name).putInt(content.length).put(content);
    if (content.length % 2 == 1) {
      head.put((byte) 0);
    }
  }

  private static ByteBuffer tag(ByteBuffer out, String name) {
    return out.put(name.getBytes(StandardCharsets.US_ASCII));
  }
}
