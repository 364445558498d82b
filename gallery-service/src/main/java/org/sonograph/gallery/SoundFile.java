package org.sonograph.gallery;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A WAV file that grows: sound is written at its place, and the head is put right after the sound
 * it speaks of, so that the file can be played at any time.
 */
final class SoundFile implements Closeable {
  private final FileChannel channel;
  private final WaveHeader header;

  SoundFile(Path path, WaveHeader header) throws IOException {
    this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.header = header;
  }

  /** Writes samples at their place; what was there is replaced. */
  void write(long startSample, float[][] samples, int from, int length) throws IOException {
    put(
        WaveHeader.BYTES + startSample * header.frameBytes(),
        header.format().encode(samples, from, length));
  }

  /** Silences samples at their place. */
  void silence(long startSample, long length) throws IOException {
    int piece = 1 << 14;
    byte[] zeros = new byte[piece * header.frameBytes()];
    for (long done = 0; done < length; done += piece) {
      int count = (int) Math.min(piece, length - done);
      put(
          WaveHeader.BYTES + (startSample + done) * header.frameBytes(),
          count == piece ? zeros : new byte[count * header.frameBytes()]);
    }
  }

  /** Makes the file as long as its samples say, puts the head right and forces both to disk. */
  void sync(long samples) throws IOException {
    long bytes = WaveHeader.BYTES + samples * header.frameBytes();
    long padded = bytes + (bytes & 1);
    if (channel.size() < padded) {
      put(padded - 1, new byte[1]);
    }
    channel.force(false);
    put(0, header.bytes(samples));
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void put(long at, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest, at + rest.position());
    }
  }
}
