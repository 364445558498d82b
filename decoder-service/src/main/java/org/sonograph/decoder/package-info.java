/**
 * Art to sound: pictures come in, sound goes out in the order of its track, seams joined.
 *
 * <p>Two halves: {@link org.sonograph.decoder.PictureDecoder} and what calls it know nothing of
 * other chunks; the assembler knows only sound. Positions and lengths are samples of one channel at
 * the reading's own rate, from the track's start. Sound is {@code float[channel][sample]}, full
 * scale ±1.
 */
package org.sonograph.decoder;
