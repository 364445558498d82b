package org.sonograph.gallery;

import java.util.SortedSet;
import java.util.TreeSet;
import org.sonograph.schemas.Failure;

/**
 * A chunk that is silent, and why.
 *
 * @param chunk its number
 * @param startSeconds where the silence begins in the source
 * @param seconds how long it lasts
 * @param failure stage, code and reason
 * @param readings the readings that lack it
 */
record ChunkFailure(
    long chunk, double startSeconds, double seconds, Failure failure, SortedSet<String> readings) {
  ChunkFailure {
    readings = new TreeSet<>(readings);
  }

  ChunkFailure withReading(String reading) {
    SortedSet<String> more = new TreeSet<>(readings);
    more.add(reading);
    return new ChunkFailure(chunk, startSeconds, seconds, failure, more);
  }

  ChunkFailure withoutReading(String reading) {
    SortedSet<String> fewer = new TreeSet<>(readings);
    fewer.remove(reading);
    return new ChunkFailure(chunk, startSeconds, seconds, failure, fewer);
  }
}
