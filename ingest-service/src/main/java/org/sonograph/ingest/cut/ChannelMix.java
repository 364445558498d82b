package org.sonograph.ingest.cut;

/**
 * Takes interleaved frames apart, mixing down where there are more channels than are kept. Surround
 * layouts are those WAV gives to each number of channels; rear and centre come in at -3 dB, the
 * low-frequency channel not at all (ITU-R BS.775), and each side is scaled so that it cannot clip.
 */
public final class ChannelMix {
  private static final double SIDE = Math.sqrt(0.5);

  private final int sourceChannels;

  /** {@code [kept channel][source channel]}; empty when all channels are kept as they are. */
  private final float[][] weights;

  private final int channels;

  public ChannelMix(int sourceChannels, int channels) {
    this.sourceChannels = sourceChannels;
    this.channels = Math.min(channels, sourceChannels);
    this.weights = sourceChannels <= channels ? new float[0][] : weights(sourceChannels, channels);
  }

  /** Kept channels of {@code frames} interleaved frames. */
  public float[][] take(float[] interleaved, int frames) {
    float[][] out = new float[channels][frames];
    for (int c = 0; c < channels; c++) {
      float[] channel = out[c];
      if (weights.length == 0) {
        for (int i = 0; i < frames; i++) {
          channel[i] = interleaved[i * sourceChannels + c];
        }
        continue;
      }
      for (int s = 0; s < sourceChannels; s++) {
        float weight = weights[c][s];
        for (int i = 0; i < frames && weight != 0; i++) {
          channel[i] += weight * interleaved[i * sourceChannels + s];
        }
      }
    }
    return out;
  }

  private static float[][] weights(int sourceChannels, int channels) {
    float[][] weights = new float[channels][sourceChannels];
    if (channels != 2) {
      for (int s = 0; s < sourceChannels; s++) {
        weights[s % channels][s] = 1;
      }
    } else {
      String layout = layout(sourceChannels);
      for (int s = 0; s < sourceChannels; s++) {
        char place = layout.charAt(s);
        weights[0][s] = weight(place, 'L', 'l');
        weights[1][s] = weight(place, 'R', 'r');
      }
    }
    for (float[] row : weights) {
      float sum = 0;
      for (float w : row) {
        sum += w;
      }
      for (int s = 0; s < row.length; s++) {
        row[s] /= sum;
      }
    }
    return weights;
  }

  private static float weight(char place, char front, char side) {
    if (place == front) {
      return 1;
    }
    return place == side || place == 'C' ? (float) SIDE : 0;
  }

  /** Front L R, centre C, low frequencies ., rear and sides l r. */
  private static String layout(int sourceChannels) {
    return switch (sourceChannels) {
      case 3 -> "LRC";
      case 4 -> "LRlr";
      case 5 -> "LRClr";
      case 6 -> "LRC.lr";
      case 7 -> "LRC.Clr";
      case 8 -> "LRC.lrlr";
      default -> {
        char[] alternating = new char[sourceChannels];
        for (int s = 0; s < sourceChannels; s++) {
          alternating[s] = s % 2 == 0 ? 'L' : 'R';
        }
        yield new String(alternating);
      }
    };
  }
}
