/**
 * Making sound from numbers: banks of partials, tables, struck modes, notes.
 *
 * <p>Frequencies are in Hz, phases in turns (1 = a whole period), levels linear with full scale 1.
 * Whatever is placed in time is placed by absolute samples of a track, so that a picture cut in two
 * sounds as one. Everything is pure; what has working memory says so.
 */
package org.sonograph.signal.synthesis;
