package org.sonograph.launcher.ancestry;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.TakeIds;
import org.sonograph.signal.reading.ReadingParameters;
import org.sonograph.signal.reading.Readings;

/**
 * Chunks of a live take that follow each other without a gap, and how they become a take of their
 * own that ends.
 *
 * @param chunks of the live take
 * @param first number of the first one
 * @param last number of the last one
 */
public record KeptStretch(KeptChunks chunks, long first, long last) {
  private static final DateTimeFormatter NAME_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss").withZone(ZoneId.systemDefault());

  /**
   * What the stretch becomes.
   *
   * @param take id of the new take
   * @param source of all its chunks, but for the title
   * @param format of its sounds
   * @param originSample sample of the live take at which its own time begins
   * @param recipe what becomes of each chunk's own interpretation
   */
  public record Plan(
      String take,
      SourceInfo source,
      String format,
      long originSample,
      UnaryOperator<Interpretation> recipe) {}

  /**
   * The stretches of a take whose chunks are due at certain times, the first first.
   *
   * @param isWanted by when a chunk was to be heard, milliseconds since 1970
   */
  public static List<KeptStretch> of(KeptChunks chunks, LongPredicate isWanted) {
    List<KeptStretch> stretches = new ArrayList<>();
    for (long number : chunks.numbers()) {
      if (!isWanted.test(chunks.dueMs(number))) {
        continue;
      }
      KeptStretch before = stretches.isEmpty() ? null : stretches.getLast();
      if (before != null && before.last == number - 1) {
        stretches.set(stretches.size() - 1, new KeptStretch(chunks, before.first, number));
      } else {
        stretches.add(new KeptStretch(chunks, number, number));
      }
    }
    return stretches;
  }

  /** How many chunks it has. */
  public long count() {
    return last - first + 1;
  }

  /** When it began to be heard. */
  public Instant begin() {
    return Instant.ofEpochMilli(chunks.dueMs(first));
  }

  /** A chunk as it was live. */
  public AudioChunk live(long number) {
    return chunks.read(number);
  }

  /**
   * What it is to become.
   *
   * @param isMoved whether it begins at 0 of its own time, instead of where it lay in the live take
   * @param occurrence tells takes of the same stretch and recipe apart; "" for the first
   */
  public Plan plan(
      String format, boolean isMoved, UnaryOperator<Interpretation> recipe, String occurrence) {
    AudioChunk begin = live(first);
    Place end = live(last).getPlace();
    String id = "%s#%d-%d%s".formatted(begin.getSource().getId(), first, last, occurrence);
    String stream = begin.getPlace().getStream();
    SourceInfo source =
        SourceInfo.newBuilder(begin.getSource())
            .setId(id)
            .setName(stream + " " + NAME_TIME.format(begin()))
            .setSamples(
                end.getStartSample() + end.getLengthSamples() - begin.getPlace().getStartSample())
            .setRenderedFrom(chunks.take())
            .build();
    String take = TakeIds.take(id, recipe.apply(begin.getInterpretation()), 0);
    return new Plan(take, source, format, isMoved ? begin.getPlace().getStartSample() : 0, recipe);
  }

  /** A chunk of the take that it becomes, by its number there. */
  public AudioChunk become(Plan plan, long number) {
    AudioChunk live = live(first + number);
    Place place = live.getPlace();
    long start = place.getStartSample() - plan.originSample();
    Place there =
        Place.newBuilder(place)
            .setTake(plan.take())
            .setChunk(number)
            .setStartSample(start)
            .setFreshSamples(number == 0 ? place.getLengthSamples() : place.getFreshSamples())
            .setTotalChunks(number == count() - 1 ? count() : 0)
            .setEndReason("")
            .setFormat(plan.format())
            .setStream("")
            .setDueMs(0)
            .setStandIn(false)
            .build();
    // nothing lies before a track's start
    int context = (int) Math.min(live.getContextBeforeSamples(), start);
    int frameBytes = Float.BYTES * live.getChannels();
    ByteBuffer pcm = live.getPcm().duplicate();
    pcm.position(pcm.position() + (live.getContextBeforeSamples() - context) * frameBytes);
    return AudioChunk.newBuilder(live)
        .setPlace(there)
        .setSource(
            SourceInfo.newBuilder(plan.source()).setTitle(live.getSource().getTitle()).build())
        .setInterpretation(plan.recipe().apply(live.getInterpretation()))
        .setContextBeforeSamples(context)
        .setPcm(pcm.slice())
        .build();
  }

  /**
   * The same interpretation for a take of another id: what is random in a reading is seeded by the
   * take where nothing else is said, so here it is said.
   */
  public Interpretation asSeeded(Interpretation live) {
    Readings known = new Readings();
    List<ReadingSettings> readings =
        live.getReadings().stream().map(reading -> seeded(reading, known)).toList();
    return Interpretation.newBuilder(live).setReadings(readings).build();
  }

  private ReadingSettings seeded(ReadingSettings reading, Readings known) {
    SortedMap<String, String> parameters = new TreeMap<>(reading.getParameters());
    boolean isRandom =
        known.named(reading.getName()).parameters().stream()
            .anyMatch(parameter -> parameter.name().equals(ReadingParameters.SEED));
    if (isRandom && parameters.getOrDefault(ReadingParameters.SEED, "").isBlank()) {
      long seed = new ReadingParameters(new TreeMap<>()).seed(chunks.take());
      parameters.put(ReadingParameters.SEED, Long.toString(seed));
    }
    return ReadingSettings.newBuilder(reading).setParameters(Map.copyOf(parameters)).build();
  }
}
