/**
 * What became of a chunk or a take, read from the topics alone. Times are milliseconds since 1970;
 * nothing here writes.
 */
package org.sonograph.launcher.journey;
