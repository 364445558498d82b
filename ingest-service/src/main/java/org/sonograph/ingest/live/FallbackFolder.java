package org.sonograph.ingest.live;

/** Sounds of a folder, read in advance, so that they are there the moment they are needed. */
final class FallbackFolder implements Replacement {
  private final SoundRing ring;
  private final Inlet inlet;
  private final int channels;

  FallbackFolder(FolderSource folder, String stream, int channels, int sampleRateHz) {
    this.channels = channels;
    this.ring = new SoundRing(channels, 5 * sampleRateHz);
    this.inlet = new Inlet(folder, stream, ring, channels, sampleRateHz);
  }

  @Override
  public float[][] next(int count) {
    float[][] there = ring.take(Math.min(count, ring.available()));
    float[][] out = new float[channels][count];
    for (int c = 0; c < channels; c++) {
      System.arraycopy(there[c], 0, out[c], 0, there[c].length);
    }
    return out;
  }

  @Override
  public void close() {
    inlet.close();
  }
}
