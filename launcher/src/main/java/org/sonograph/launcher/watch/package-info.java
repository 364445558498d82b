/**
 * What the pipeline does now, read from the broker alone: what waits, who works, how fast, and
 * whether that is well; how live streams are heard is asked of the gallery. Times are milliseconds
 * since 1970; nothing here writes.
 */
package org.sonograph.launcher.watch;
