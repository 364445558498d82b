package org.sonograph.launcher.journey;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Topics;

/**
 * The way of one chunk through the topics.
 *
 * @param key which chunk
 * @param sightings its records, in the order of the pipeline, older ones first
 * @param looked what was read to find them
 * @param trouble why values could not be read; empty when all was well
 */
public record Journey(
    Keys.ChunkKey key, List<Sighting> sightings, List<Stretches.Stretch> looked, String trouble) {

  /** Topics of the way, each with the one after it. */
  static final List<String> WAY =
      List.of(
          Topics.AUDIO_CHUNKS.name(),
          Topics.SPECTROGRAM_IMAGES.name(),
          Topics.DIFFUSED_IMAGES.name(),
          Topics.AUDIO_OUTPUTS.name());

  private static final String ONE_PICTURE_PROFILE = "notebook";

  /** What is known of the chunk on a topic. */
  enum Presence {
    /** Its record is there. */
    FOUND,
    /** A later one is there, so it was; retention has removed it. */
    NO_LONGER_KEPT,
    /** It has not come so far. */
    NOT_YET
  }

  public Journey {
    sightings =
        sightings.stream()
            .sorted(
                Comparator.comparingInt(Journey::stop)
                    .thenComparing(Sighting::isDeadLetter)
                    .thenComparingLong(Sighting::writtenMs))
            .toList();
    looked = List.copyOf(looked);
  }

  private static int stop(Sighting sighting) {
    String topic = sighting.at().topic();
    return WAY.indexOf(sighting.isDeadLetter() ? Topics.originOf(topic) : topic);
  }

  /** Whether anything was found. */
  public boolean isKnown() {
    return !sightings.isEmpty();
  }

  List<Sighting> on(String topic) {
    return sightings.stream().filter(s -> s.at().topic().equals(topic)).toList();
  }

  Presence presence(String topic) {
    int here = WAY.indexOf(topic);
    if (!on(topic).isEmpty()) {
      return Presence.FOUND;
    }
    return sightings.stream().anyMatch(s -> stop(s) >= here)
        ? Presence.NO_LONGER_KEPT
        : Presence.NOT_YET;
  }

  /** What the record answers to: the newest of the topic before that is not younger. */
  Optional<Sighting> before(Sighting sighting) {
    int stop = stop(sighting) - (sighting.isDeadLetter() ? 0 : 1);
    return stop < 0
        ? Optional.empty()
        : on(WAY.get(stop)).stream()
            .filter(s -> s.writtenMs() <= sighting.writtenMs())
            .max(Comparator.comparingLong(Sighting::writtenMs));
  }

  /** Time between the record before and the taking up of it, ms. */
  OptionalLong waitedMs(Sighting sighting) {
    Optional<Sighting> before = before(sighting);
    long taken = sighting.hop().map(h -> h.times().taken()).orElse(0L);
    return before.isEmpty() || taken == 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(0, taken - before.get().writtenMs()));
  }

  /** Time from the first record to the last terminal one, or to the last there is, ms. */
  public OptionalLong totalMs() {
    long end = sightings.stream().mapToLong(Sighting::writtenMs).max().orElse(0);
    return Stream.concat(
            sightings.stream().flatMap(s -> s.hop().stream()).map(h -> h.times().begun()),
            on(WAY.getFirst()).stream().map(Sighting::writtenMs))
        .filter(ms -> ms > 0)
        .mapToLong(Long::longValue)
        .min()
        .stream()
        .map(begun -> Math.max(0, end - begun))
        .findFirst();
  }

  /** Readings that have no terminal record yet, as far as headers tell which there are. */
  public List<String> missingReadings() {
    List<String> ended =
        on(WAY.getLast()).stream().map(s -> s.contents().reading()).distinct().toList();
    return about().map(ChunkHeaders::readings).orElse(List.of()).stream()
        .filter(r -> !ended.contains(r))
        .toList();
  }

  /** Why the chunk became silence, or will, if so: a terminal record has the last word. */
  public Optional<Failure> failure() {
    List<Sighting> terminal = on(WAY.getLast());
    boolean isToldByTerminal = !terminal.isEmpty() && trouble.isEmpty();
    return (isToldByTerminal ? terminal : sightings)
        .stream().flatMap(s -> s.contents().failure().stream()).findFirst();
  }

  Optional<ChunkHeaders> about() {
    return sightings.stream().flatMap(s -> s.about().stream()).findFirst();
  }

  /** Whether all chunks of its take become one picture, under the number 0. */
  boolean isPartOfOnePicture() {
    return about().filter(a -> a.profile().equals(ONE_PICTURE_PROFILE)).isPresent();
  }
}
