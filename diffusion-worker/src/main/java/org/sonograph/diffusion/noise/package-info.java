/**
 * All random numbers of a picture, the same on every machine.
 *
 * <p>Noise is {@code float[channel][row][column]}, flattened row by row, mean 0 and variance 1. One
 * source belongs to one picture and one thread; the order of its draws is part of the result.
 */
package org.sonograph.diffusion.noise;
