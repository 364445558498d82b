/**
 * The gallery's page and its HTTP interface: what visitors see, hear, send in, keep and delete.
 *
 * <p>It reads what the collector has put on disk, and is told by it what is new; it never writes
 * into a take's files but for the hidden note of its colour and star. Positions in sound are
 * seconds from the track's start. Every route may be called by many threads at once.
 */
package org.sonograph.gallery.page;
