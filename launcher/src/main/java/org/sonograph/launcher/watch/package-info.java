/**
 * What the pipeline does now, read from the broker alone: what waits, who works, how fast, and
 * whether that is well. Times are milliseconds since 1970; nothing here writes.
 */
package org.sonograph.launcher.watch;
