package org.sonograph.signal.synthesis;

/**
 * A note as a score has it.
 *
 * @param startSample sample of the track at which it begins
 * @param samples how long it is held
 * @param hz pitch
 * @param loudness 0 to 1
 * @param part which voice plays it, from 0
 */
public record Note(long startSample, int samples, double hz, double loudness, int part) {}
