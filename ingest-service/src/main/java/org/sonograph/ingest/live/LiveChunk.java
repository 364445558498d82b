package org.sonograph.ingest.live;

import org.sonograph.schemas.AudioChunk;

/** One chunk of a stream, twice: to be painted, and as it stands in for that. */
record LiveChunk(AudioChunk main, AudioChunk standIn) {
  long dueMs() {
    return main.getPlace().getDueMs();
  }
}
