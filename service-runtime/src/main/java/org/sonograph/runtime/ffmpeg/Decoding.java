package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The sound of one file, decoded as it is read: 32-bit float, interleaved, at the file's own rate
 * and with its own channels. Not thread-safe; closing it ends the child process.
 */
public final class Decoding implements DecodedSound {
  private final Path file;
  private final Probe probe;
  private final ChildProcess child;
  private final SampleStream samples;
  private long frames;

  Decoding(Path file, Probe probe, ChildProcess child) throws IOException {
    this.file = file;
    this.probe = probe;
    this.child = child;
    try {
      this.samples = new SampleStream(child);
      if (!samples.open()) {
        throw new UnreadableSoundException(
            child.failure().orElse("holds no sound: decoding gave nothing"));
      }
      SoundRange.require(samples.sampleRateHz(), samples.channels());
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public int sampleRateHz() {
    return samples.sampleRateHz();
  }

  @Override
  public int channels() {
    return samples.channels();
  }

  /** Frames (samples a channel) read so far. */
  public long frames() {
    return frames;
  }

  @Override
  public int read(float[] interleaved) throws IOException {
    int read = samples.read(interleaved);
    frames += Math.max(0, read);
    return read;
  }

  /**
   * After the end: why the sound broke off before the source's own end, or empty when it did not.
   * Damage in the middle that was skipped is no break.
   */
  public Optional<String> brokenOff() throws IOException {
    Optional<String> failure = child.failure();
    if (failure.isPresent()) {
      return child.killed() ? failure.map(why -> "it " + why) : Optional.of("the rest is damaged");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return Completeness.brokenOff(channel, probe, (double) frames / sampleRateHz());
    }
  }

  @Override
  public void close() {
    child.close();
  }
}
