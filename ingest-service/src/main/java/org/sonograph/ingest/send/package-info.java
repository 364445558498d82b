/**
 * Chunks on their way to the broker: how far a take has come, and when to hold back.
 *
 * <p>Nothing is counted as sent before the broker has acknowledged it.
 */
package org.sonograph.ingest.send;
