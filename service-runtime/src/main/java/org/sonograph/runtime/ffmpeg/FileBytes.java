package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;

/** Reads stretches of an open file. */
final class FileBytes {
  private FileBytes() {}

  /** At most {@code length} bytes from {@code position}; fewer at the end of the file. */
  static byte[] read(SeekableByteChannel file, long position, int length) throws IOException {
    if (position < 0 || position >= file.size()) {
      return new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    file.position(position);
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      continue;
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
