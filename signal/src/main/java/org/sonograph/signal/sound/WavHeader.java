package org.sonograph.signal.sound;

import java.util.Arrays;

/**
 * The first bytes of a WAV file.
 *
 * @param bytes everything before the first sample
 * @param layout where the samples go
 */
public record WavHeader(byte[] bytes, WavLayout layout) {

  /** Size of the complete file, with the byte that pads samples of odd size. */
  public long fileBytes() {
    return layout.dataOffset() + layout.dataBytes() + (layout.dataBytes() & 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WavHeader h && h.layout.equals(layout) && Arrays.equals(h.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * layout.hashCode() + Arrays.hashCode(bytes);
  }
}
