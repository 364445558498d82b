package org.sonograph.gallery;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;

/**
 * All that is known of one take; the same before and after a restart, since {@link TrackJson} keeps
 * every part of it.
 */
final class TakeState {
  private final String take;
  private final Path folder;
  private final ChunkSet spectrograms;
  private final ChunkSet arts;
  private final Map<String, ReadingState> readings = new LinkedHashMap<>();
  private final SortedMap<Long, ChunkFailure> failures = new TreeMap<>();
  private final SortedSet<String> repairs = new TreeSet<>();
  private SourceInfo source = SourceInfo.newBuilder().build();
  private Interpretation interpretation = Interpretation.newBuilder().build();
  private Track track = Track.UNKNOWN;
  private Optional<Generation> generation = Optional.empty();
  private long generationChunk = Long.MAX_VALUE;
  private Outcome outcome = Outcome.COLLECTING;
  private Finished finished = Finished.NOTHING;
  private boolean announced;

  /**
   * What the chunks together say of the track.
   *
   * @param format file format of the sounds, as {@code --format} names it; "" while unknown
   * @param sampleRateHz analysis rate; 0 while unknown
   * @param totalChunks number of chunks; 0 while unknown
   * @param endSample first sample past the source's end, analysis rate; 0 while unknown
   * @param endReason why the source broke off; "" for its own end
   * @param strideSamples from one chunk's first sample to the next one's; 0 while unknown
   * @param hopSamples samples a column; 0 where the picture holds the whole track, however long
   * @param widthColumns columns of a picture; 0 while unknown
   */
  record Track(
      String format,
      int sampleRateHz,
      long totalChunks,
      long endSample,
      String endReason,
      long strideSamples,
      int hopSamples,
      int widthColumns) {
    private static final String WHOLE_TRACK_PROFILE = "notebook";

    static final Track UNKNOWN = new Track("", 0, 0, 0, "", 0, 0, 0);

    Track with(Place place) {
      boolean isLast = place.getTotalChunks() > 0;
      return new Track(
          format.isEmpty() ? place.getFormat() : format,
          sampleRateHz == 0 ? place.getSampleRateHz() : sampleRateHz,
          isLast ? place.getTotalChunks() : totalChunks,
          isLast ? place.getStartSample() + place.getLengthSamples() : endSample,
          isLast ? place.getEndReason() : endReason,
          place.getChunk() > 0 ? place.getStartSample() / place.getChunk() : strideSamples,
          hopSamples,
          widthColumns);
    }

    Track with(Inversion inversion) {
      boolean isSqueezed = inversion.getProfile().equals(WHOLE_TRACK_PROFILE);
      return inversion.getWidth() == 0
          ? this
          : new Track(
              format,
              sampleRateHz,
              totalChunks,
              endSample,
              endReason,
              strideSamples,
              isSqueezed ? 0 : inversion.getHopSamples(),
              inversion.getWidth());
    }

    /** Where the pictures lie; empty where pictures do not follow each other on one time axis. */
    Optional<PictureGrid> grid() {
      if (totalChunks < 1 || widthColumns < 1 || endSample < 1) {
        return Optional.empty();
      }
      if (hopSamples == 0) {
        return Optional.of(new PictureGrid(widthColumns, widthColumns, widthColumns * totalChunks));
      }
      if (totalChunks == 1) {
        long columns = Math.min(widthColumns, Math.ceilDiv(endSample, hopSamples));
        return Optional.of(new PictureGrid(widthColumns, widthColumns, columns));
      }
      return Optional.of(
          new PictureGrid(
              widthColumns,
              Math.toIntExact(Math.max(1, strideSamples / hopSamples)),
              Math.ceilDiv(endSample, hopSamples)));
    }
  }

  /**
   * What was made once everything had come.
   *
   * @param files names in the folder beside pictures and sounds
   * @param notes what did not go as asked, in sentences
   */
  record Finished(Collection<String> files, Collection<String> notes) {
    static final Finished NOTHING = new Finished(Set.of(), Set.of());
  }

  TakeState(String take, Path folder, ChunkSet spectrograms, ChunkSet arts) {
    this.take = take;
    this.folder = folder;
    this.spectrograms = spectrograms;
    this.arts = arts;
  }

  TakeState(String take, Path folder) {
    this(take, folder, new ChunkSet(), new ChunkSet());
  }

  String take() {
    return take;
  }

  Path folder() {
    return folder;
  }

  ChunkSet spectrograms() {
    return spectrograms;
  }

  ChunkSet arts() {
    return arts;
  }

  /** Readings that have come or are expected, in the order asked for. */
  Map<String, ReadingState> readings() {
    return readings;
  }

  SortedMap<Long, ChunkFailure> failures() {
    return failures;
  }

  /** Ids of the takes that made failed chunks of this one anew. */
  SortedSet<String> repairs() {
    return repairs;
  }

  SourceInfo source() {
    return source;
  }

  Interpretation interpretation() {
    return interpretation;
  }

  Track track() {
    return track;
  }

  void setTrack(Track known) {
    track = known;
  }

  Optional<Generation> generation() {
    return generation;
  }

  long generationChunk() {
    return generationChunk;
  }

  Outcome outcome() {
    return outcome;
  }

  Finished finished() {
    return finished;
  }

  boolean announced() {
    return announced;
  }

  /** Takes in what any record says of its take; richer knowledge stays. */
  void learn(SourceInfo from, Interpretation asked) {
    if (source.getId().isEmpty() && !from.getName().isEmpty()) {
      source = from;
    }
    if (interpretation.getSpectrogram().getHopSamples() == 0
        && interpretation.getDiffusion().getModel().isEmpty()
        && !asked.getReadings().isEmpty()) {
      interpretation = asked;
      asked.getReadings().stream().map(ReadingSettings::getName).forEach(this::reading);
    }
  }

  /** Keeps the first chunk's, a painted one's before that of silence, which no model has seen. */
  void learn(Generation made, long chunk) {
    boolean isPainted = !made.getModelHash().isEmpty();
    boolean wasPainted = generation.filter(g -> !g.getModelHash().isEmpty()).isPresent();
    if (isPainted == wasPainted ? chunk <= generationChunk : isPainted) {
      generation = Optional.of(made);
      generationChunk = chunk;
    }
  }

  ReadingState reading(String name) {
    return readings.computeIfAbsent(name, ReadingState::new);
  }

  boolean hasFailed(long chunk, String reading) {
    ChunkFailure failure = failures.get(chunk);
    return failure != null && failure.readings().contains(reading);
  }

  void fail(Place place, String reading, Failure failure) {
    double rate = Math.max(1, place.getSampleRateHz());
    ChunkFailure known =
        failures.getOrDefault(
            place.getChunk(),
            new ChunkFailure(
                place.getChunk(),
                place.getStartSample() / rate,
                place.getLengthSamples() / rate,
                failure,
                new TreeSet<>()));
    failures.put(place.getChunk(), known.withReading(reading));
  }

  void heal(long chunk, String reading) {
    failures.computeIfPresent(
        chunk,
        (c, f) -> {
          ChunkFailure rest = f.withoutReading(reading);
          return rest.readings().isEmpty() ? null : rest;
        });
  }

  /** Number of failed terminal records: one for each reading of each failed chunk. */
  long failedRecords() {
    return failures.values().stream().mapToLong(f -> f.readings().size()).sum();
  }

  /** Every reading has come to its end. */
  boolean soundIsWhole() {
    return !readings.isEmpty() && readings.values().stream().allMatch(ReadingState::isWhole);
  }

  /** Every chunk that sounds has its pictures. */
  boolean picturesAreWhole() {
    boolean isLean = OutputFormat.parse(track.format()).isLean();
    for (ReadingState reading : readings.values()) {
      for (long chunk = 0; chunk <= reading.lastChunk(); chunk++) {
        boolean isSeen = arts.contains(chunk) && (isLean || spectrograms.contains(chunk));
        if (!isSeen && !hasFailed(chunk, reading.name())) {
          return false;
        }
      }
    }
    return true;
  }

  void close(Outcome as, Finished made) {
    outcome = as;
    finished = made;
    announced = false;
  }

  void reopen() {
    outcome = Outcome.COLLECTING;
    announced = false;
  }

  void setAnnounced() {
    announced = true;
  }
}
