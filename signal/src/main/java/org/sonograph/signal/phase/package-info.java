/**
 * Finding and moving phases: Griffin-Lim and the phase vocoder, both after torchaudio.
 *
 * <p>Frames are {@code [frame][bin]}, magnitudes linear and not negative, phases in radians and
 * summed in double precision.
 */
package org.sonograph.signal.phase;
