/**
 * Sound that never ends: live sources, what takes their place when they are lost, and the takes of
 * a stream.
 *
 * <p>Samples are {@code float[channel][sample]}, full scale 1. A position is in samples since the
 * take began, at its analysis rate. Wall-clock times are milliseconds since 1970.
 */
package org.sonograph.ingest.live;
