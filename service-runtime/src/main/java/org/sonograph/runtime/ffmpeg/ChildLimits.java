package org.sonograph.runtime.ffmpeg;

import java.time.Duration;

/**
 * What one FFmpeg process may use.
 *
 * @param cpu processor time, after which it is killed (not on Windows)
 * @param memoryBytes address space (Linux); each single allocation is held to a quarter of it
 * @param silence time without a byte of output while we wait for one, after which it is killed
 */
public record ChildLimits(Duration cpu, long memoryBytes, Duration silence) {
  private static final long LEAST_MEMORY_BYTES = 256L << 20;

  public ChildLimits {
    if (cpu.toSeconds() < 1 || silence.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "cpu=" + cpu + " silence=" + silence + ", expected at least a second each");
    }
    if (memoryBytes < LEAST_MEMORY_BYTES) {
      throw new IllegalArgumentException(
          "memoryBytes=" + memoryBytes + ", expected at least " + LEAST_MEMORY_BYTES);
    }
  }

  /** One hour of processor time, 2 GiB, one minute without output. */
  public static ChildLimits defaults() {
    return new ChildLimits(Duration.ofHours(1), 2L << 30, Duration.ofMinutes(1));
  }
}
