/**
 * Eight-bit pictures: the value itself, Pillow's resize, and PNG in and out.
 *
 * <p>Row 0 is on top, samples are unsigned bytes, interleaved by channel. Everything here is pure
 * and safe for any number of threads.
 */
package org.sonograph.signal.picture;
