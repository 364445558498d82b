package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Frame headers of MPEG audio layers 1 to 3 (ISO 11172-3) and of AAC in ADTS (ISO 13818-7). */
final class MpegFrames {
  private static final int ID3_HEADER_BYTES = 10;

  /** Some files carry padding or a stray half frame before the first whole one. */
  private static final int SEARCH_BYTES = 4096;

  private static final int[][] LAYER_KBPS = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  private MpegFrames() {}

  /** Where the bytes after any ID3v2 tags begin; 0 without one. */
  static long afterId3(SeekableByteChannel file) throws IOException {
    long position = 0;
    while (true) {
      byte[] tag = FileBytes.read(file, position, ID3_HEADER_BYTES);
      if (tag.length < ID3_HEADER_BYTES || tag[0] != 'I' || tag[1] != 'D' || tag[2] != '3') {
        return position;
      }
      boolean footer = (tag[5] & 0x10) != 0;
      position += ID3_HEADER_BYTES + synchsafe(tag) + (footer ? ID3_HEADER_BYTES : 0);
    }
  }

  /** MP3 or ADTS, when two frames in a row begin where the first one's length says. */
  static Optional<Container> container(byte[] bytes) {
    for (int i = 0; i + 7 < Math.min(bytes.length, SEARCH_BYTES); i++) {
      if (chained(bytes, i, adtsBytes(bytes, i), false)) {
        return Optional.of(Container.ADTS);
      }
      if (chained(bytes, i, mpegBytes(bytes, i), true)) {
        return Optional.of(Container.MP3);
      }
    }
    return Optional.empty();
  }

  /** First MPEG audio frame of the head, or -1. */
  static int firstMpegFrame(byte[] bytes) {
    for (int i = 0; i + 4 < Math.min(bytes.length, SEARCH_BYTES); i++) {
      if (mpegBytes(bytes, i) > 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean chained(byte[] bytes, int at, int length, boolean mpeg) {
    if (length <= 0) {
      return false;
    }
    int next = at + length;
    if (next + 7 >= bytes.length) {
      return at == 0 && next <= bytes.length; // a file of a single frame
    }
    return (mpeg ? mpegBytes(bytes, next) : adtsBytes(bytes, next)) > 0;
  }

  /** Length of the ADTS frame that begins at {@code at}, or 0 if none does. */
  private static int adtsBytes(byte[] b, int at) {
    if (at + 7 > b.length || (b[at] & 0xff) != 0xff || (b[at + 1] & 0xf6) != 0xf0) {
      return 0;
    }
    int rateIndex = b[at + 2] >> 2 & 0xf;
    int length = (b[at + 3] & 3) << 11 | (b[at + 4] & 0xff) << 3 | (b[at + 5] & 0xff) >> 5;
    return rateIndex < 13 && length >= 7 ? length : 0;
  }

  /** Length of the MPEG audio frame that begins at {@code at}, or 0 if none does. */
  private static int mpegBytes(byte[] b, int at) {
    if (at + 4 > b.length || (b[at] & 0xff) != 0xff || (b[at + 1] & 0xe0) != 0xe0) {
      return 0;
    }
    int version = b[at + 1] >> 3 & 3; // 0: 2.5, 2: 2, 3: 1
    int layer = 4 - (b[at + 1] >> 1 & 3); // 1, 2, 3; 4 is reserved
    int rateIndex = (b[at + 2] & 0xff) >> 4;
    int hzIndex = b[at + 2] >> 2 & 3;
    if (version == 1 || layer == 4 || rateIndex == 0 || rateIndex == 15 || hzIndex == 3) {
      return 0;
    }
    int[] table = version == 3 ? LAYER_KBPS[layer - 1] : LAYER_KBPS[layer == 1 ? 3 : 4];
    int hz = new int[] {44100, 48000, 32000}[hzIndex] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    int bitsPerSecond = table[rateIndex] * 1000;
    int padding = b[at + 2] >> 1 & 1;
    if (layer == 1) {
      return (12 * bitsPerSecond / hz + padding) * 4;
    }
    int samples = layer == 3 && version != 3 ? 72 : 144;
    return samples * bitsPerSecond / hz + padding;
  }

  /** Offset of the Xing or Info header within the frame at {@code at}. */
  static int xingOffset(byte[] b, int at) {
    boolean mpeg1 = (b[at + 1] >> 3 & 3) == 3;
    boolean mono = (b[at + 3] >> 6 & 3) == 3;
    return at + 4 + (mpeg1 ? mono ? 17 : 32 : mono ? 9 : 17);
  }

  private static int synchsafe(byte[] tag) {
    return (tag[6] & 0x7f) << 21 | (tag[7] & 0x7f) << 14 | (tag[8] & 0x7f) << 7 | tag[9] & 0x7f;
  }
}
