/**
 * A track's sound, measured and then cut into chunks on its profile's absolute grid.
 *
 * <p>Samples are {@code float[channel][sample]}, full scale 1, at the take's analysis rate unless a
 * name says otherwise. Everything holds a bounded part of the track, however long it is.
 */
package org.sonograph.ingest.cut;
