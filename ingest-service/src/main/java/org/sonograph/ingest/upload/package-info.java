/** {@code POST /takes}: sound and its recipe over HTTP, streamed to disk, never held in memory. */
package org.sonograph.ingest.upload;
