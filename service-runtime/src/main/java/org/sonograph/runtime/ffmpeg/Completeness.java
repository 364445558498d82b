package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells whether a file was cut off, from what its own header promised. */
final class Completeness {
  /** Encoders pad and trim by a frame or two; a missing tenth of a second is a cut. */
  private static final double TOLERANCE_SECONDS = 0.1;

  /** Writers differ in whether padding and a last half frame are counted. */
  private static final long WAV_TOLERANCE_BYTES = 8;

  private static final long MP3_TOLERANCE_BYTES = 2048;
  private static final int OGG_PAGE_MAX_BYTES = 65_307;
  private static final int MOST_CHUNKS = 1000;
  private static final int XING_HEADER_BYTES = 16;

  private Completeness() {}

  /**
   * Why the sound is shorter than the file says, or empty when it is not.
   *
   * @param decodedSeconds what decoding gave
   */
  static Optional<String> brokenOff(SeekableByteChannel file, Probe probe, double decodedSeconds)
      throws IOException {
    return switch (probe.container()) {
      case WAV -> missing(file, wavEnd(file), WAV_TOLERANCE_BYTES);
      case MP3 -> missing(file, xingEnd(file), MP3_TOLERANCE_BYTES);
      case WAVE64 -> missing(file, wave64End(file), WAV_TOLERANCE_BYTES);
      case CAF -> missing(file, cafEnd(file), WAV_TOLERANCE_BYTES);
      case OGG ->
          oggEnds(file)
              ? shorter(probe.declaredSeconds(), decodedSeconds)
              : Optional.of("the file's last page is missing");
      default ->
          probe.container().length() == Container.Length.DECLARED
              ? shorter(probe.declaredSeconds(), decodedSeconds)
              : Optional.empty();
    };
  }

  private static Optional<String> shorter(double declaredSeconds, double decodedSeconds) {
    if (declaredSeconds - decodedSeconds <= TOLERANCE_SECONDS) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            "the file says %.1f s of sound, %.1f s could be decoded",
            declaredSeconds, decodedSeconds));
  }

  private static Optional<String> missing(SeekableByteChannel file, long end, long tolerance)
      throws IOException {
    long absent = end - file.size();
    return absent <= tolerance
        ? Optional.empty()
        : Optional.of("the file's last " + absent + " bytes are missing");
  }

  /** Where the data chunk should end; -1 where the header does not say (streamed, RF64). */
  private static long wavEnd(SeekableByteChannel file) throws IOException {
    byte[] head = FileBytes.read(file, 0, 12);
    boolean big = head[3] == 'X';
    if (head[0] == 'B' || head[1] == 'F') {
      return rf64End(file);
    }
    long position = 12;
    for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      byte[] chunk = FileBytes.read(file, position, 8);
      if (chunk.length < 8) {
        return -1;
      }
      ByteOrder order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      long size = ByteBuffer.wrap(chunk).order(order).getInt(4) & 0xffff_ffffL;
      if (ascii(chunk).startsWith("data")) {
        // writers that cannot seek leave 0, all ones or nearly all ones
        return size == 0 || size >= 0x7fff_f000L ? -1 : position + 8 + size;
      }
      position += 8 + size + (size & 1);
    }
    return -1;
  }

  /** The ds64 chunk of an RF64 file (EBU Tech 3306) is always first and holds the RIFF size. */
  private static long rf64End(SeekableByteChannel file) throws IOException {
    byte[] chunk = FileBytes.read(file, 12, 24);
    if (chunk.length < 24 || !ascii(chunk).startsWith("ds64")) {
      return -1;
    }
    long riffSize = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
    return riffSize <= 0 ? -1 : riffSize + 8;
  }

  /** Chunks of a Wave64 file: 16-byte name, 8-byte size with this header, padded to 8 bytes. */
  private static long wave64End(SeekableByteChannel file) throws IOException {
    long position = 40;
    for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      byte[] chunk = FileBytes.read(file, position, 24);
      if (chunk.length < 24) {
        return -1;
      }
      long size = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN).getLong(16);
      if (ascii(chunk).startsWith("data")) {
        return size < 24 || size == Long.MAX_VALUE ? -1 : position + size;
      }
      if (size < 24 || size > file.size()) {
        return -1;
      }
      position += Math.ceilDiv(size, 8L) * 8;
    }
    return -1;
  }

  /** Chunks of a CAF file: 4-byte name, 8-byte size without this header; -1 = to the end. */
  private static long cafEnd(SeekableByteChannel file) throws IOException {
    long position = 8;
    for (int chunks = 0; chunks < MOST_CHUNKS; chunks++) {
      byte[] chunk = FileBytes.read(file, position, 12);
      if (chunk.length < 12) {
        return -1;
      }
      long size = ByteBuffer.wrap(chunk).getLong(4);
      if (ascii(chunk).startsWith("data")) {
        return size < 0 ? -1 : position + 12 + size;
      }
      if (size < 0 || size > file.size()) {
        return -1;
      }
      position += 12 + size;
    }
    return -1;
  }

  /** Where the Xing or Info header says the stream ends; -1 without one. */
  private static long xingEnd(SeekableByteChannel file) throws IOException {
    long start = MpegFrames.afterId3(file);
    byte[] head = FileBytes.read(file, start, 8192);
    int frame = MpegFrames.firstMpegFrame(head);
    if (frame < 0) {
      return -1;
    }
    int xing = MpegFrames.xingOffset(head, frame);
    if (xing + XING_HEADER_BYTES > head.length) {
      return -1;
    }
    ByteBuffer fields = ByteBuffer.wrap(head, xing, XING_HEADER_BYTES);
    int tag = fields.getInt();
    int flags = fields.getInt();
    if (tag != 0x58696e67 && tag != 0x496e666f || (flags & 2) == 0) {
      return -1;
    }
    if ((flags & 1) != 0) {
      fields.getInt();
    }
    long bytes = fields.getInt() & 0xffff_ffffL;
    return start + frame + bytes;
  }

  private static boolean oggEnds(SeekableByteChannel file) throws IOException {
    long from = Math.max(0, file.size() - OGG_PAGE_MAX_BYTES);
    byte[] tail = FileBytes.read(file, from, OGG_PAGE_MAX_BYTES);
    for (int i = tail.length - 27; i >= 0; i--) {
      if (tail[i] == 'O' && tail[i + 1] == 'g' && tail[i + 2] == 'g' && tail[i + 3] == 'S') {
        return (tail[i + 5] & 4) != 0 && pageEnd(tail, i) <= tail.length;
      }
    }
    return false;
  }

  private static int pageEnd(byte[] bytes, int page) {
    int segments = bytes[page + 26] & 0xff;
    int end = page + 27 + segments;
    for (int s = 0; s < segments && page + 27 + s < bytes.length; s++) {
      end += bytes[page + 27 + s] & 0xff;
    }
    return end;
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
