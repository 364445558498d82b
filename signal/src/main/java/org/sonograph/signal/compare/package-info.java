/**
 * How much of one sound is left in another.
 *
 * <p>Sounds are compared in mono, from their first sample on, as long as the shorter one. Pure.
 */
package org.sonograph.signal.compare;
