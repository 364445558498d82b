package org.sonograph.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Identity, place and readings of a chunk as its record's headers carry them, so that a record
 * whose value cannot be read still becomes a failure record for each of its readings.
 *
 * @param place as in the value
 * @param profile profile of the interpretation
 * @param sourceName name of the source
 * @param readings names of the readings, in the order asked for
 */
public record ChunkHeaders(Place place, String profile, String sourceName, List<String> readings) {
  /** Format of a take of which the collector keeps nothing. */
  public static final String NOT_COLLECTED = "none";

  private static final String PREFIX = "sonograph.";
  private static final String TAKE = PREFIX + "take";
  private static final String CHUNK = PREFIX + "chunk";
  private static final String START_SAMPLE = PREFIX + "start-sample";
  private static final String LENGTH_SAMPLES = PREFIX + "length-samples";
  private static final String SAMPLE_RATE_HZ = PREFIX + "sample-rate-hz";
  private static final String TOTAL_CHUNKS = PREFIX + "total-chunks";
  private static final String END_REASON = PREFIX + "end-reason";
  private static final String FORMAT = PREFIX + "format";
  private static final String FOLDER = PREFIX + "folder";
  private static final String FRESH_SAMPLES = PREFIX + "fresh-samples";
  private static final String CLOSED_MS = PREFIX + "closed-ms";
  private static final String STREAM = PREFIX + "stream";
  private static final String DUE_MS = PREFIX + "due-ms";
  private static final String STAND_IN = PREFIX + "stand-in";
  private static final String PROFILE = PREFIX + "profile";
  private static final String SOURCE_NAME = PREFIX + "source-name";
  private static final String READINGS = PREFIX + "readings";

  public ChunkHeaders {
    readings = List.copyOf(readings);
  }

  /** Writes all that a failure record needs; earlier headers of the same names are replaced. */
  public static void write(
      Headers headers, Place place, SourceInfo source, Interpretation interpretation) {
    new ChunkHeaders(
            place,
            interpretation.getProfile(),
            source.getName(),
            interpretation.getReadings().stream().map(ReadingSettings::getName).toList())
        .writeTo(headers);
  }

  /** Writes place and readings; profile and source stay unknown. */
  public static void write(Headers headers, Place place, List<String> readings) {
    new ChunkHeaders(place, "", "", readings).writeTo(headers);
  }

  /** What the headers say; empty when they are missing or damaged. */
  public static Optional<ChunkHeaders> read(Headers headers) {
    String take = text(headers, TAKE);
    if (take.isEmpty()) {
      return Optional.empty();
    }
    try {
      Place place =
          Place.newBuilder()
              .setTake(take)
              .setChunk(number(headers, CHUNK))
              .setStartSample(number(headers, START_SAMPLE))
              .setLengthSamples(number(headers, LENGTH_SAMPLES))
              .setSampleRateHz(Math.toIntExact(number(headers, SAMPLE_RATE_HZ)))
              .setTotalChunks(number(headers, TOTAL_CHUNKS))
              .setEndReason(text(headers, END_REASON))
              .setFormat(text(headers, FORMAT))
              .setFolder(text(headers, FOLDER))
              .setFreshSamples(numberOrZero(headers, FRESH_SAMPLES))
              .setClosedMs(numberOrZero(headers, CLOSED_MS))
              .setStream(text(headers, STREAM))
              .setDueMs(numberOrZero(headers, DUE_MS))
              .setStandIn(Boolean.parseBoolean(text(headers, STAND_IN)))
              .build();
      List<String> readings =
          Stream.of(text(headers, READINGS).split(",")).filter(r -> !r.isEmpty()).toList();
      return Optional.of(
          new ChunkHeaders(place, text(headers, PROFILE), text(headers, SOURCE_NAME), readings));
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Writes these headers; earlier ones of the same names are replaced. */
  public void writeTo(Headers headers) {
    put(headers, TAKE, place.getTake());
    put(headers, CHUNK, Long.toString(place.getChunk()));
    put(headers, START_SAMPLE, Long.toString(place.getStartSample()));
    put(headers, LENGTH_SAMPLES, Long.toString(place.getLengthSamples()));
    put(headers, SAMPLE_RATE_HZ, Integer.toString(place.getSampleRateHz()));
    put(headers, TOTAL_CHUNKS, Long.toString(place.getTotalChunks()));
    put(headers, END_REASON, place.getEndReason());
    put(headers, FORMAT, place.getFormat());
    put(headers, FOLDER, place.getFolder());
    put(headers, FRESH_SAMPLES, Long.toString(place.getFreshSamples()));
    put(headers, CLOSED_MS, Long.toString(place.getClosedMs()));
    if (isLive()) {
      put(headers, STREAM, place.getStream());
      put(headers, DUE_MS, Long.toString(place.getDueMs()));
      put(headers, STAND_IN, Boolean.toString(place.getStandIn()));
    }
    put(headers, PROFILE, profile);
    put(headers, SOURCE_NAME, sourceName);
    put(headers, READINGS, readings.stream().collect(Collectors.joining(",")));
  }

  public Place toPlace() {
    return place;
  }

  /** As much of the source as the headers tell: its name. */
  public SourceInfo toSource() {
    return SourceInfo.newBuilder().setName(sourceName).build();
  }

  /** As much of the interpretation as the headers tell: profile and names of the readings. */
  public Interpretation toInterpretation() {
    return Interpretation.newBuilder()
        .setProfile(profile)
        .setReadings(
            readings.stream().map(r -> ReadingSettings.newBuilder().setName(r).build()).toList())
        .build();
  }

  /** Whether somebody wants files of the take. */
  public boolean isCollected() {
    return !place.getFormat().equals(NOT_COLLECTED);
  }

  /** Whether the chunk is one of a live stream. */
  public boolean isLive() {
    return !place.getStream().isEmpty();
  }

  public String take() {
    return place.getTake();
  }

  public long chunk() {
    return place.getChunk();
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name);
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** A number that a record of an earlier version does not have. */
  private static long numberOrZero(Headers headers, String name) {
    return headers.lastHeader(name) == null ? 0 : number(headers, name);
  }

  private static long number(Headers headers, String name) {
    long value = Long.parseLong(text(headers, name));
    if (value < 0) {
      throw new NumberFormatException(name + "=" + value + ", expected 0 or more");
    }
    return value;
  }
}
