/**
 * Readings: the ways of hearing a picture.
 *
 * <p>A {@link org.sonograph.signal.reading.Reading} is found by {@link java.util.ServiceLoader} and
 * chooses what to do by the profile in the picture's inversion. Pixels are 0 to 255, row 0 on top;
 * in {@code notebook} that row is 0 Hz, in {@code tape} the highest note. Sound is full scale at 1
 * and not limited. Everything here is pure and may be called by many threads.
 */
package org.sonograph.signal.reading;
