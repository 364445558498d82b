package org.sonograph.signal.spectrogram;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the three channels of a spectrogram show. */
public enum Colour {
  /** All the same: the mean power of the sound's channels. */
  GREY {
    @Override
    public ChannelMix left() {
      return ChannelMix.LEFT;
    }

    @Override
    public ChannelMix right() {
      return ChannelMix.RIGHT;
    }
  },

  /**
   * Sides: red what is left, green what is right, blue what both share. With magnitudes l and r of
   * a row, blue is m = min(l, r), red (3 l - m) / 2, green (3 r - m) / 2; so {@link
   * ChannelMix#LEFT} gives l back, {@link ChannelMix#RIGHT} r, and what lies in the middle is grey.
   */
  STEREO {
    @Override
    public ChannelMix left() {
      return ChannelMix.LEFT;
    }

    @Override
    public ChannelMix right() {
      return ChannelMix.RIGHT;
    }
  },

  /** Parts: red what sounds on, green what strikes, blue the rest; see {@link Separation}. */
  PARTS {
    @Override
    public ChannelMix left() {
      return ChannelMix.POWERS;
    }

    @Override
    public ChannelMix right() {
      return ChannelMix.POWERS;
    }
  };

  /** The mix that undoes the colours on the left side. */
  public abstract ChannelMix left();

  /** The mix that undoes the colours on the right side. */
  public abstract ChannelMix right();

  /** Frames beyond a chunk's ends that its colours depend on. */
  public int reachFrames(int nFft, int hopSamples) {
    return this == PARTS ? Separation.reachFrames(nFft, hopSamples) : 0;
  }

  /** What a user types, and what travels. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The colour of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Colour of(String text) {
    return Arrays.stream(values())
        .filter(colour -> colour.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "colour=%s, expected %s"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(Colour::text)
                                .collect(Collectors.joining(", ")))));
  }
}
