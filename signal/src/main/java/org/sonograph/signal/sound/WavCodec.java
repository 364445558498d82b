package org.sonograph.signal.sound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;

/**
 * RIFF/WAVE as bytes, both directions (Microsoft's multimedia registration; RF64: EBU Tech 3306). A
 * header is made for a stated length, so that samples can be written behind it at any position and
 * in any order; beyond 4 GiB it is RF64, and every header of one set of tags has one size, so a
 * growing file can be given a new one in place.
 */
public final class WavCodec {
  private static final long MAX_RIFF_BYTES = 0xffffffffL;
  private static final int PCM = 1;
  private static final int IEEE_FLOAT = 3;
  private static final int EXTENSIBLE = 0xfffe;

  /**
   * The tail every sample format's GUID has: 00000000-0000-0010-8000-00aa00389b71 without its first
   * two bytes.
   */
  private static final byte[] GUID_TAIL = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private WavCodec() {}

  /** A whole file of one sound. */
  public static byte[] encode(Sound sound, SampleFormat format, SequencedMap<String, String> info) {
    WavHeader header =
        header(sound.sampleRateHz(), sound.channelCount(), format, sound.length(), info);
    byte[] samples = sound.interleaved(format);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(header.fileBytes()));
    out.put(header.bytes()).put(samples);
    return out.array();
  }

  /** A whole file of a sound that goes round: {@link #encode}, and loop points behind the sound. */
  public static byte[] encodeLoop(
      Sound sound, SampleFormat format, SequencedMap<String, String> info) {
    byte[] plain = encode(sound, format, info);
    byte[] loop = LoopPoints.chunk(sound.sampleRateHz(), sound.length());
    ByteBuffer out = ByteBuffer.allocate(plain.length + loop.length).order(ByteOrder.LITTLE_ENDIAN);
    return out.put(plain).put(loop).putInt(4, out.capacity() - 8).array();
  }

  /**
   * The head of a file of {@code samples} samples a channel.
   *
   * @param info tags of a LIST/INFO chunk: four-letter names (INAM title, IART artist, ICOP
   *     licence, ICMT comment, ISFT software, ICRD date) to text, written as UTF-8 in the order
   *     given
   */
  public static WavHeader header(
      int sampleRateHz,
      int channelCount,
      SampleFormat format,
      long samples,
      SequencedMap<String, String> info) {
    if (sampleRateHz < 1 || channelCount < 1 || channelCount > 65_535 || samples < 0) {
      throw new IllegalArgumentException(
          "WAV of %d Hz, %d channels, %d samples".formatted(sampleRateHz, channelCount, samples));
    }
    byte[] fmt = fmt(sampleRateHz, channelCount, format);
    byte[] list = list(info);
    long dataBytes = Math.multiplyExact(samples, (long) channelCount * format.bytesPerSample());
    // RIFF, ds64 or the room for it, fmt, fact, LIST, data
    int size = 12 + 36 + 8 + fmt.length + (format.isFloat() ? 12 : 0) + list.length + 8;
    long fileBytes = size + dataBytes + (dataBytes & 1);
    boolean large = fileBytes - 8 > MAX_RIFF_BYTES;
    ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    id(out, large ? "RF64" : "RIFF").putInt((int) (large ? MAX_RIFF_BYTES : fileBytes - 8));
    id(out, "WAVE");
    id(out, large ? "ds64" : "JUNK").putInt(28);
    out.putLong(large ? fileBytes - 8 : 0)
        .putLong(large ? dataBytes : 0)
        .putLong(large ? samples : 0)
        .putInt(0);
    id(out, "fmt ").putInt(fmt.length).put(fmt);
    if (format.isFloat()) {
      id(out, "fact").putInt(4).putInt((int) Math.min(samples, MAX_RIFF_BYTES));
    }
    out.put(list);
    id(out, "data").putInt((int) (large ? MAX_RIFF_BYTES : dataBytes));
    return new WavHeader(
        out.array(), new WavLayout(sampleRateHz, channelCount, format, size, dataBytes));
  }

  private static ByteBuffer id(ByteBuffer out, String id) {
    return out.put(id.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] fmt(int rate, int channels, SampleFormat format) {
    int width = format.bytesPerSample();
    boolean extensible = channels > 2 || (!format.isFloat() && width > 2);
    ByteBuffer out =
        ByteBuffer.allocate(extensible ? 40 : format.isFloat() ? 18 : 16)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) (extensible ? EXTENSIBLE : format.waveTag())).putShort((short) channels);
    out.putInt(rate).putInt((int) Math.min((long) rate * channels * width, MAX_RIFF_BYTES));
    out.putShort((short) (channels * width)).putShort((short) (width * 8));
    if (extensible) {
      // valid bits, speaker mask (front left and right for two, else unassigned), GUID
      out.putShort((short) 22)
          .putShort((short) (width * 8))
          .putInt(channels == 2 ? 3 : channels == 1 ? 4 : 0);
      out.putShort((short) format.waveTag()).put(GUID_TAIL);
    } else if (format.isFloat()) {
      out.putShort((short) 0);
    }
    return out.array();
  }

  private static byte[] list(Map<String, String> info) {
    if (info.isEmpty()) {
      return new byte[0];
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("INFO".getBytes(StandardCharsets.US_ASCII));
    info.forEach(
        (name, value) -> {
          if (!name.matches("[A-Z0-9]{4}")) {
            throw new IllegalArgumentException(
                "WAV tag \"" + name + "\", expected four capital letters");
          }
          byte[] text = (value.replace("\0", "") + "\0").getBytes(StandardCharsets.UTF_8);
          body.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
          body.writeBytes(little(text.length));
          body.writeBytes(text);
          body.writeBytes(new byte[text.length & 1]);
        });
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("LIST".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(little(body.size()));
    out.writeBytes(body.toByteArray());
    return out.toByteArray();
  }

  private static byte[] little(int v) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(v).array();
  }

  /**
   * All samples of a file. A data chunk that claims more than there is ends where the file does.
   *
   * @throws WavException when the bytes are no WAV, or of a kind not read
   */
  public static Sound decode(byte[] file) {
    WavLayout layout = layout(file, file.length);
    return new Sound(
        layout.sampleRateHz(),
        layout
            .format()
            .decode(
                file, (int) layout.dataOffset(), (int) layout.dataBytes(), layout.channelCount()));
  }

  /**
   * Where the samples lie, from the first bytes of a file: so much of it that the chunk {@code
   * data} begins within.
   *
   * @param head the file's first bytes
   * @param fileBytes the file's whole size
   */
  public static WavLayout layout(byte[] head, long fileBytes) {
    ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (head.length < 12
        || !text(head, 8).equals("WAVE")
        || !(text(head, 0).equals("RIFF") || text(head, 0).equals("RF64"))) {
      throw new WavException("not a WAV file");
    }
    Format format = null;
    long largeData = -1;
    long at = 12;
    while (at + 8 <= head.length) {
      String id = text(head, (int) at);
      long size = in.getInt((int) at + 4) & 0xffffffffL;
      long body = at + 8;
      if (id.equals("data")) {
        boolean unfinished = size == 0 && in.getInt(4) == 0;
        long claimed = size == MAX_RIFF_BYTES && largeData >= 0 ? largeData : size;
        return data(format, body, unfinished ? Long.MAX_VALUE : claimed, fileBytes);
      }
      if (id.equals("fmt ") || id.equals("ds64")) {
        if (body + size > head.length || size < 16) {
          throw new WavException("WAV header is cut short");
        }
        if (id.equals("ds64")) {
          largeData = in.getLong((int) body + 8);
        } else {
          format = Format.read(in, (int) body, (int) size);
        }
      }
      at = body + size + (size & 1);
    }
    throw new WavException(
        "WAV file without samples: no data chunk within its first " + head.length + " bytes");
  }

  private static WavLayout data(Format format, long from, long claimed, long fileBytes) {
    if (format == null) {
      throw new WavException("WAV file whose samples come before their format");
    }
    int frame = format.channels * format.samples.bytesPerSample();
    // A size that lies, or that of a file still being written, ends where the file does.
    long there = Math.max(0, fileBytes - from);
    long bytes = claimed > there || claimed < 0 ? there : claimed;
    return new WavLayout(format.rate, format.channels, format.samples, from, bytes - bytes % frame);
  }

  private static String text(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }

  private record Format(int rate, int channels, SampleFormat samples) {

    static Format read(ByteBuffer in, int at, int size) {
      int tag = in.getShort(at) & 0xffff;
      int channels = in.getShort(at + 2) & 0xffff;
      int rate = in.getInt(at + 4);
      int block = in.getShort(at + 12) & 0xffff;
      int bits = in.getShort(at + 14) & 0xffff;
      if (tag == EXTENSIBLE && size >= 40) {
        tag = in.getShort(at + 24) & 0xffff;
      }
      SampleFormat format =
          switch (tag * 100 + (bits + 7) / 8 * 8) {
            case PCM * 100 + 8 -> SampleFormat.U8;
            case PCM * 100 + 16 -> SampleFormat.S16;
            case PCM * 100 + 24 -> SampleFormat.S24;
            case PCM * 100 + 32 -> SampleFormat.S32;
            case IEEE_FLOAT * 100 + 32 -> SampleFormat.F32;
            case IEEE_FLOAT * 100 + 64 -> SampleFormat.F64;
            default ->
                throw new WavException(
                    "WAV of format %d with %d bits, expected PCM of 8 to 32 or float of 32 or 64 bits"
                        .formatted(tag, bits));
          };
      if (channels == 0 || rate < 1 || block != channels * format.bytesPerSample()) {
        throw new WavException(
            "WAV of %d channels, %d Hz, %d bytes a frame".formatted(channels, rate, block));
      }
      return new Format(rate, channels, format);
    }
  }
}
