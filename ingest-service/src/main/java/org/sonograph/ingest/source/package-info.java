/**
 * What is to be read: files, folders in natural order, standard input; and who each one is.
 *
 * <p>A name from outside is only ever shown through {@link org.sonograph.ingest.source.SafeName}.
 */
package org.sonograph.ingest.source;
