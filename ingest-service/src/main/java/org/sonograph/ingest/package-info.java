/**
 * Takes sound in: files, uploads and a watched folder become the chunks of takes.
 *
 * <p>A message about a file is one line that begins with its name, made safe to show. Lengths are
 * in samples of one channel at the take's analysis rate unless a name says otherwise.
 */
package org.sonograph.ingest;
