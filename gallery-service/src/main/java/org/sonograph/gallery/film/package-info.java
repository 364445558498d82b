/**
 * Films of finished takes: the art scrolling under a playhead, its wall label, and one reading as
 * sound.
 *
 * <p>Pixels count from the top left. Pictures are drawn in RGB once; what moves is cut from planes
 * of luma and colour difference (BT.709).
 */
package org.sonograph.gallery.film;
