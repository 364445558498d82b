package org.sonograph.gallery.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A WAV file that may still grow: its head says too little, its length on disk is what counts.
 *
 * @param path the file
 * @param format RIFF format code, 1 = whole numbers, 3 = floating point
 * @param channels number of channels
 * @param rateHz sampling rate
 * @param bits bits a sample: 16, 24 or 32
 * @param dataFrom first byte of sound
 * @param frames samples a channel
 */
record WavFile(
    Path path, int format, int channels, int rateHz, int bits, long dataFrom, long frames) {
  private static final int RIFF = 0x46464952;
  private static final int RIFF_HEAD_BYTES = 12;
  private static final int CHUNK_HEAD_BYTES = 8;
  private static final int FORMAT_BYTES = 16;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int FLOAT = 3;
  private static final int SUBFORMAT_AT = 24;
  private static final int HEAD_BYTES = 44;
  private static final int BLOCK_FRAMES = 1 << 14;

  /** Reads the head of a file; empty while it has none yet. */
  static Optional<WavFile> open(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      if (file.size() < RIFF_HEAD_BYTES || read(file, 0, 4).getInt() != RIFF) {
        return Optional.empty();
      }
      ByteBuffer format = ByteBuffer.allocate(0);
      long at = RIFF_HEAD_BYTES;
      while (true) {
        ByteBuffer head = read(file, at, CHUNK_HEAD_BYTES);
        String id = StandardCharsets.US_ASCII.decode(head.slice(0, 4)).toString();
        long size = Integer.toUnsignedLong(head.getInt(4));
        at += CHUNK_HEAD_BYTES;
        if (id.equals("data")) {
          return Optional.of(of(path, format, at, file.size()));
        }
        if (id.equals("fmt ")) {
          format = read(file, at, (int) Math.min(size, 40));
        }
        at += size + size % 2;
      }
    }
  }

  private static WavFile of(Path path, ByteBuffer format, long dataFrom, long size)
      throws IOException {
    if (format.capacity() < FORMAT_BYTES) {
      throw new IOException(path + " has no format before its sound");
    }
    int code = Short.toUnsignedInt(format.getShort(0));
    if (code == EXTENSIBLE && format.capacity() > SUBFORMAT_AT + 1) {
      code = Short.toUnsignedInt(format.getShort(SUBFORMAT_AT));
    }
    int channels = format.getShort(2);
    int bits = format.getShort(14);
    long frames = (size - dataFrom) / Math.max(1, channels * bits / 8);
    return new WavFile(path, code, channels, format.getInt(4), bits, dataFrom, frames);
  }

  private static ByteBuffer read(FileChannel file, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      int n = file.read(buffer, at + buffer.position());
      if (n < 0) {
        throw new IOException("a WAV file ends in its head");
      }
    }
    return buffer.flip().slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  private int frameBytes() {
    return channels * bits / 8;
  }

  /**
   * A part as a WAV file of its own; what lies past the end is left out.
   *
   * @param from first sample
   * @param count samples a channel
   */
  byte[] clip(long from, int count) throws IOException {
    int kept = (int) Math.clamp(frames - from, 0, count);
    int bytes = kept * frameBytes();
    ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEAD_BYTES - 8 + bytes);
    out.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(FORMAT_BYTES);
    out.putShort((short) format).putShort((short) channels).putInt(rateHz);
    out.putInt(rateHz * frameBytes()).putShort((short) frameBytes()).putShort((short) bits);
    out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    try (FileChannel file = FileChannel.open(path)) {
      if (bytes > 0) {
        out.put(read(file, dataFrom + from * frameBytes(), bytes));
      }
    }
    return out.array();
  }

  /**
   * The loudest sample of each of equal stretches of a time axis, channels together, 0 to 1; zero
   * past the end.
   *
   * @param columns number of stretches
   * @param axisFrames length of the axis, samples
   */
  float[] peaks(int columns, long axisFrames) throws IOException {
    float[] peaks = new float[columns];
    try (FileChannel file = FileChannel.open(path)) {
      for (long at = 0; at < frames; at += BLOCK_FRAMES) {
        int count = (int) Math.min(BLOCK_FRAMES, frames - at);
        ByteBuffer block = read(file, dataFrom + at * frameBytes(), count * frameBytes());
        for (int i = 0; i < count; i++) {
          int column = (int) Math.min(columns - 1, (at + i) * columns / Math.max(1, axisFrames));
          for (int c = 0; c < channels; c++) {
            float value = Math.abs(sample(block, (i * channels + c) * bits / 8));
            peaks[column] = Math.max(peaks[column], value);
          }
        }
      }
    }
    return peaks;
  }

  private float sample(ByteBuffer bytes, int at) {
    if (format == FLOAT) {
      return bytes.getFloat(at);
    }
    return switch (bits) {
      case 16 -> bytes.getShort(at) / 32_768f;
      case 24 -> (bytes.getShort(at + 1) * 256 + (bytes.get(at) & 0xFF)) / 8_388_608f;
      default -> bytes.getInt(at) / 2_147_483_648f;
    };
  }
}
