package org.sonograph.ingest.send;

/** Counts the pictures that have not yet become sound. */
public interface PictureCount {
  /** Pictures sent to the broker and not yet decoded, by all who send. */
  long notTerminal();
}
