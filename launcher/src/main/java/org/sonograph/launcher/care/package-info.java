/**
 * Looks after an instance with nobody there: what has happened that somebody should know, told by
 * one message each, and a line a day. Times are milliseconds since 1970.
 */
package org.sonograph.launcher.care;
