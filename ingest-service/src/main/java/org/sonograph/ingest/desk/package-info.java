/**
 * Takes waiting to be taken in: from uploads, which are kept on disk until they are sent, and from
 * a watched folder, whose files stay where they are until then.
 */
package org.sonograph.ingest.desk;
