package org.sonograph.ingest.cut;

/**
 * One chunk's samples with context on both sides.
 *
 * @param chunk its number, from 0
 * @param startSample where it begins in the track
 * @param lengthSamples its length, without context
 * @param contextBefore samples before it, fewer than the layout's only at the track's start
 * @param samples {@code [channel][context, chunk, context]}
 */
public record CutChunk(
    long chunk, long startSample, int lengthSamples, int contextBefore, float[][] samples) {

  public int contextAfter() {
    return samples[0].length - contextBefore - lengthSamples;
  }
}
