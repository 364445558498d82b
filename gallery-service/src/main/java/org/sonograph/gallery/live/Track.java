package org.sonograph.gallery.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The sound of one reading of one take as far as it has come. Pieces may come twice, late and with
 * holes between them; what came first stays.
 */
final class Track {
  /**
   * What is left out of a piece after a failed one: it fades in from a silence that is never heard.
   */
  private static final double AFTER_HOLE_SECONDS = 0.02;

  private static final int MOST_FAILURES = 64;

  private final int rateHz;
  private final NavigableMap<Long, float[][]> segments = new TreeMap<>();
  private final List<Long> failedEnds = new ArrayList<>();
  private long lastLength;

  Track(int rateHz) {
    this.rateHz = rateHz;
  }

  int rateHz() {
    return rateHz;
  }

  /** Samples of the piece that came last; 0 before the first. */
  long lastLength() {
    return lastLength;
  }

  /** Takes a piece's sound; false if all of it was there. */
  boolean put(long start, float[][] sound) {
    long from = start;
    if (failedEnds.remove(start)) {
      from += Math.round(AFTER_HOLE_SECONDS * rateHz);
    }
    Map.Entry<Long, float[][]> before = segments.floorEntry(from);
    if (before != null) {
      from = Math.max(from, end(before));
    }
    long to = start + sound[0].length;
    Long after = segments.ceilingKey(from);
    if (after != null) {
      to = Math.min(to, after);
    }
    lastLength = sound[0].length;
    if (from >= to) {
      return false;
    }
    segments.put(from, part(sound, (int) (from - start), (int) (to - start)));
    return true;
  }

  /** Takes note of a piece that has no sound. */
  void fail(long start, long samples) {
    failedEnds.add(start + samples);
    if (failedEnds.size() > MOST_FAILURES) {
      failedEnds.remove(0);
    }
  }

  /**
   * Where the sound that is there at a sample without a hole ends; the sample itself if none is.
   */
  long availableTo(long from) {
    long to = from;
    for (Map.Entry<Long, float[][]> at = segments.floorEntry(from);
        at != null && end(at) > to;
        at = segments.floorEntry(to)) {
      to = end(at);
    }
    return to;
  }

  /** First sample after everything that has come. */
  long end() {
    return segments.isEmpty() ? 0 : end(segments.lastEntry());
  }

  /** Copies samples from {@code from} on; silence where there are none. */
  void copy(long from, float[][] out, int count) {
    long to = from + count;
    for (float[] channel : out) {
      Arrays.fill(channel, 0, count, 0);
    }
    Long first = segments.floorKey(from);
    for (Map.Entry<Long, float[][]> segment :
        segments.subMap(first == null ? from : first, true, to, false).entrySet()) {
      long begin = Math.max(from, segment.getKey());
      long end = Math.min(to, end(segment));
      for (int c = 0; c < out.length && end > begin; c++) {
        System.arraycopy(
            segment.getValue()[c],
            (int) (begin - segment.getKey()),
            out[c],
            (int) (begin - from),
            (int) (end - begin));
      }
    }
  }

  /** Drops what ends before a sample. */
  void forget(long before) {
    while (!segments.isEmpty() && end(segments.firstEntry()) <= before) {
      segments.pollFirstEntry();
    }
    failedEnds.removeIf(end -> end < before);
  }

  private static long end(Map.Entry<Long, float[][]> segment) {
    return segment.getKey() + segment.getValue()[0].length;
  }

  private static float[][] part(float[][] sound, int from, int to) {
    if (from == 0 && to == sound[0].length) {
      return sound;
    }
    float[][] out = new float[sound.length][];
    for (int c = 0; c < out.length; c++) {
      out[c] = Arrays.copyOfRange(sound[c], from, to);
    }
    return out;
  }
}
