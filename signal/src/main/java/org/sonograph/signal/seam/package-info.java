/**
 * Joins the sounds of neighbouring pictures where they overlap: a crossfade that knows how alike
 * they are, and phases found anew across the join.
 *
 * <p>Everything is at the analysis rate, {@code [channel][sample]}, pure and safe for any number of
 * threads.
 */
package org.sonograph.signal.seam;
