/**
 * Live sound out: a stream's takes become one sound that never stops, for players and sound cards.
 *
 * <p>Times of the wall clock are milliseconds since 1970. Output is counted in frames (one sample
 * of each channel) from the stream's start, takes are counted in samples at their own rate from
 * their start. Sound is {@code [channel][sample]}, two channels, full scale ±1. Everything up to
 * {@link LivePlayer} is pure: no clock, no thread, no input or output.
 */
package org.sonograph.gallery.live;
