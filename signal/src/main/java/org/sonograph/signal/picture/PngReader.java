package org.sonograph.signal.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads one PNG (W3C PNG specification, third edition). Nothing is allocated for a size before it
 * is within the limits.
 */
final class PngReader {
  /**
   * Deflate cannot pack tighter than this, so a file too short for its pixels is known before they
   * are allocated.
   */
  private static final int MAX_DEFLATE_RATIO = 1032;

  private final byte[] bytes;
  private final PngLimits limits;
  private final SequencedMap<String, String> text = new LinkedHashMap<>();
  private final List<ByteBuffer> data = new ArrayList<>();
  private byte[] palette;
  private int textBytes;

  PngReader(byte[] bytes, PngLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
  }

  PngImage read() {
    if (bytes.length < PngCodec.SIGNATURE.length
        || Arrays.mismatch(bytes, 0, 8, PngCodec.SIGNATURE, 0, 8) >= 0) {
      throw new PngException("not a PNG picture");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    in.position(8);
    PngLayout layout = null;
    while (true) {
      ByteBuffer body = body(in);
      String type = new String(bytes, body.position() - 4, 4, StandardCharsets.ISO_8859_1);
      if (layout == null) {
        layout = PngLayout.read(type, body, limits);
      } else if (type.equals("IEND")) {
        return new PngImage(pixels(layout), text);
      } else {
        accept(type, body);
      }
    }
  }

  /** The next chunk's body, its checksum verified; the type are the four bytes before it. */
  private ByteBuffer body(ByteBuffer in) {
    if (in.remaining() < 12) {
      throw new PngException("PNG is cut short after " + bytes.length + " bytes");
    }
    int length = in.getInt();
    int at = in.position() + 4;
    if (length < 0 || length > bytes.length - at - 4) {
      throw new PngException(
          "PNG is cut short: a chunk of %d bytes at %d, but only %d are left"
              .formatted(length & 0xffffffffL, at, Math.max(0, bytes.length - at - 4)));
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, at - 4, length + 4);
    int expected = ByteBuffer.wrap(bytes).getInt(at + length);
    if ((int) crc.getValue() != expected) {
      throw new PngException("PNG is damaged: wrong checksum in the chunk at byte " + at);
    }
    in.position(at + length + 4);
    return ByteBuffer.wrap(bytes, at, length);
  }

  private void accept(String type, ByteBuffer body) {
    switch (type) {
      case "IDAT" -> data.add(body);
      case "PLTE" -> {
        if (body.remaining() == 0 || body.remaining() > 768 || body.remaining() % 3 != 0) {
          throw new PngException("PNG with a palette of " + body.remaining() + " bytes");
        }
        palette = new byte[body.remaining()];
        body.get(palette);
      }
      case "tEXt" -> {
        String key = keyword(body);
        keep(key, rest(body), false);
      }
      case "zTXt" -> {
        String key = keyword(body);
        skip(body, 1);
        keep(key, inflated(body), false);
      }
      case "iTXt" -> {
        String key = keyword(body);
        boolean packed = body.remaining() > 0 && body.get(body.position()) == 1;
        skip(body, 2);
        keyword(body);
        keyword(body);
        keep(key, packed ? inflated(body) : rest(body), true);
      }
      default -> {
        if ((type.charAt(0) & 0x20) == 0) {
          throw new PngException(
              "PNG needs the extension \"" + type + "\", which is not understood");
        }
      }
    }
  }

  private static String keyword(ByteBuffer body) {
    int from = body.position();
    while (body.hasRemaining()) {
      if (body.get() == 0) {
        return new String(
            body.array(), from, body.position() - 1 - from, StandardCharsets.ISO_8859_1);
      }
    }
    throw new PngException("PNG with broken text at byte " + from);
  }

  private static void skip(ByteBuffer body, int count) {
    if (body.remaining() < count) {
      throw new PngException("PNG with broken text at byte " + body.position());
    }
    body.position(body.position() + count);
  }

  private byte[] rest(ByteBuffer body) {
    room(body.remaining());
    byte[] out = new byte[body.remaining()];
    body.get(out);
    return out;
  }

  private byte[] inflated(ByteBuffer body) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(body);
      byte[] out = new byte[1024];
      int n = 0;
      while (!inflater.finished()) {
        int got = inflater.inflate(out, n, out.length - n);
        n += got;
        room(n);
        if (n == out.length) {
          out = Arrays.copyOf(out, n * 2);
        } else if (got == 0) {
          throw new PngException("PNG with damaged compressed text");
        }
      }
      return Arrays.copyOf(out, n);
    } catch (DataFormatException e) {
      throw new PngException("PNG with damaged compressed text");
    } finally {
      inflater.end();
    }
  }

  private void room(int more) {
    if (textBytes + (long) more > limits.maxTextBytes()) {
      throw new PngException("PNG with more than " + limits.maxTextBytes() + " bytes of text");
    }
  }

  private void keep(String key, byte[] value, boolean utf8) {
    textBytes += value.length + key.length();
    room(0);
    text.putIfAbsent(
        key, new String(value, utf8 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
  }

  private Picture pixels(PngLayout layout) {
    if (layout.usesPalette() && palette == null) {
      throw new PngException("PNG with palette colours but no palette");
    }
    long packed = data.stream().mapToLong(ByteBuffer::remaining).sum();
    if (packed * MAX_DEFLATE_RATIO < layout.rawBytes()) {
      throw tooShort(layout);
    }
    PngPixels pixels = new PngPixels(layout, palette);
    Inflater inflater = new Inflater();
    try {
      int next = 0;
      for (byte[] line = pixels.nextLine(); line != null; line = pixels.nextLine()) {
        int filled = 0;
        while (filled < line.length) {
          int got = inflater.inflate(line, filled, line.length - filled);
          filled += got;
          if (got == 0 && inflater.needsInput() && next < data.size()) {
            inflater.setInput(data.get(next++));
          } else if (got == 0) {
            throw tooShort(layout);
          }
        }
        pixels.accept(line);
      }
      return pixels.picture();
    } catch (DataFormatException e) {
      throw new PngException("PNG is damaged: its pixels cannot be decompressed");
    } finally {
      inflater.end();
    }
  }

  private static PngException tooShort(PngLayout layout) {
    return new PngException(
        "PNG is cut short: its data end before %dx%d pixels"
            .formatted(layout.width(), layout.height()));
  }
}
