/**
 * The one edge to FFmpeg: which container a file is, what is in it, decoding it and encoding sound.
 *
 * <p>FFmpeg runs as a throw-away child process with limits on time and memory. It reads its own
 * standard input (protocol {@code fd:}, so it can seek) and never sees a path or an address. Sound
 * is 32-bit float, interleaved, at the file's own rate.
 */
package org.sonograph.runtime.ffmpeg;
