/**
 * Sound as samples: the value itself, WAV in and out as bytes, and resampling.
 *
 * <p>Samples are {@code float[channel][sample]}, full scale ±1. Lengths and positions are in
 * samples of one channel. Nothing here opens a file. Streaming classes ({@code Resampler}) belong
 * to one thread; the rest is pure.
 */
package org.sonograph.signal.sound;
