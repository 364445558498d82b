/**
 * Collects what the pipeline makes into folders: one folder a take, pictures and sounds under their
 * own names.
 *
 * <p>Positions are samples of one channel at the rate a record states, from the track's start.
 * Everything that changes a take runs on the collector's one thread; only {@link
 * org.sonograph.gallery.Finisher} works beside it, on values it was handed. A file under its final
 * name is whole; names that begin with a dot are temporary.
 */
package org.sonograph.gallery;
