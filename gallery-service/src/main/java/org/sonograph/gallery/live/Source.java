package org.sonograph.gallery.live;

import java.util.Arrays;

/** What a voice can be heard from. Reading changes nothing: any frame may be asked for again. */
public sealed interface Source permits Source.Nothing, TakeSource, RepeatLoop {

  /** What a listener hears, from the best to the worst. */
  enum Kind {
    /** The stream's main take. */
    LIVE("live"),
    /** Its undiffused take. */
    STAND_IN("stand-in"),
    /** What was heard before, again. */
    REPEAT("repeat"),
    /** What was kept of the last hour. */
    MEMORY("memory"),
    /** Nothing. */
    SILENCE("silence");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As it is shown. */
    public String text() {
      return text;
    }

    /** Whether it is sound of a take in its place. */
    boolean isTake() {
      return this == LIVE || this == STAND_IN;
    }
  }

  Kind kind();

  /** Frames that can be read from a frame on. */
  long ahead(long frame);

  /** Fills {@code count} frames from {@code frame} on. */
  void read(long frame, float[][] out, int count);

  /** Silence without end. */
  record Nothing() implements Source {
    @Override
    public Kind kind() {
      return Kind.SILENCE;
    }

    @Override
    public long ahead(long frame) {
      return Long.MAX_VALUE;
    }

    @Override
    public void read(long frame, float[][] out, int count) {
      for (float[] channel : out) {
        Arrays.fill(channel, 0, count, 0);
      }
    }
  }
}
