package org.sonograph.launcher.journey;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Keys;

/**
 * How the chunks of a take ended.
 *
 * @param take id of the take
 * @param sent chunks that ingest has sent; 0 = not known
 * @param chunks the worst first: failed, then unfinished, then by the time they took
 * @param looked what was read
 */
public record TakeJourney(
    String take, long sent, List<Journey> chunks, List<Stretches.Stretch> looked) {

  private static final Comparator<Journey> WORST_FIRST =
      Comparator.comparing((Journey j) -> j.failure().isEmpty())
          .thenComparing(j -> j.isKnown() && j.missingReadings().isEmpty())
          .thenComparing(Comparator.comparingLong((Journey j) -> j.totalMs().orElse(0)).reversed())
          .thenComparingLong(j -> j.key().chunk());

  static TakeJourney of(
      String take, long sent, List<Sighting> found, List<Stretches.Stretch> looked) {
    Map<Long, List<Sighting>> byChunk = new TreeMap<>();
    boolean isOnePicture =
        new Journey(new Keys.ChunkKey(take, 0), found, looked, "").isPartOfOnePicture();
    LongStream.range(0, isOnePicture ? 1 : sent).forEach(n -> byChunk.put(n, new ArrayList<>()));
    for (Sighting sighting : found) {
      long chunk = sighting.about().map(ChunkHeaders::chunk).orElseThrow();
      byChunk.computeIfAbsent(chunk, n -> new ArrayList<>()).add(sighting);
    }
    List<Journey> chunks =
        byChunk.entrySet().stream()
            .map(e -> new Journey(new Keys.ChunkKey(take, e.getKey()), e.getValue(), looked, ""))
            .sorted(WORST_FIRST)
            .toList();
    return new TakeJourney(take, sent, chunks, looked);
  }

  /** Chunks with a failure. */
  public long failed() {
    return chunks.stream().filter(j -> j.failure().isPresent()).count();
  }

  /** Chunks without all their terminal records. */
  public long unfinished() {
    return chunks.stream().filter(j -> !j.isKnown() || !j.missingReadings().isEmpty()).count();
  }
}
