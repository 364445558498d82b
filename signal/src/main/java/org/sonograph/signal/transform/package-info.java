/**
 * Fourier transforms of real frames.
 *
 * <p>Arrays of frames are frame-major: {@code double[frame][sample]} in time, {@code
 * double[frame][bin]} in frequency, bins 0 (0 Hz) to {@code nFft / 2}. Forward transforms are not
 * scaled, inverse ones divide by the length. Everything is in double precision: measured, the
 * vectorised loops lose little against float, and Griffin-Lim at 50 % overlap needs it.
 *
 * <p>Objects with working memory say so and belong to one thread; the rest may be shared.
 */
package org.sonograph.signal.transform;
