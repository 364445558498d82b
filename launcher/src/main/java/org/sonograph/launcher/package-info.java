/**
 * The command line.
 *
 * <p>Data go to standard output, progress and errors to standard error; {@link
 * org.sonograph.launcher.Terminal} alone writes to either.
 */
package org.sonograph.launcher;
