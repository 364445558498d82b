package org.sonograph.ingest.live;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sonograph.ingest.cut.ChunkCutter;
import org.sonograph.ingest.cut.CutChunk;
import org.sonograph.ingest.cut.TrackLayout;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.TakeIds;
import org.sonograph.schemas.Undiffused;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * A stretch of a stream whose readings, seed and pictures' geometry stay as they are: a take, and
 * the one that stands in for it. Each chunk is interpreted as is in force when it is complete.
 */
final class LiveTake {
  /** Sources are brought to so many channels. */
  static final int CHANNELS = 2;

  private static final long MS_A_SECOND = 1000;

  private final String stream;
  private final SourceInfo source;
  private final Interpretation begunWith;
  private final SpectrogramProfile profile;
  private final TrackLayout layout;
  private final ChunkCutter cutter;
  private final SlowLevel level;
  private final long delayMs;
  private final String main;
  private final String standIn;
  private final Map<Long, Long> dues = new TreeMap<>();
  private long nextDue;
  private long covered;

  /** What was in force last; the take's last chunks keep it while the next take's is wished for. */
  private Interpretation last;

  /** What is in force at a chunk. */
  interface InForce {
    Interpretation interpretation();

    String title();
  }

  /**
   * What is known of a stream when a take of it begins.
   *
   * @param source its id names this very take
   */
  record Begin(String stream, SourceInfo source, Interpretation interpretation, long delayMs) {}

  /** A take that begins now. */
  LiveTake(Begin begin, java.util.function.Function<TrackLayout, SlowLevel> levels) {
    this.stream = begin.stream();
    this.source = begin.source();
    this.begunWith = begin.interpretation();
    this.last = begunWith;
    this.profile = ProfileWire.fromAvro(begunWith);
    this.layout = TrackLayout.of(profile, profile.sampleRateHz(), CHANNELS);
    this.cutter = new ChunkCutter(layout);
    this.level = levels.apply(layout);
    this.delayMs = begin.delayMs();
    this.main = TakeIds.take(source.getId(), begunWith, 0);
    this.standIn = TakeIds.take(source.getId(), Undiffused.of(begunWith), 1);
  }

  String id() {
    return main;
  }

  SlowLevel level() {
    return level;
  }

  /** Samples taken so far. */
  long received() {
    return cutter.received();
  }

  /** Seconds from one chunk to the next. */
  double stepSeconds() {
    return stepSeconds(profile);
  }

  static double stepSeconds(SpectrogramProfile profile) {
    return (double) profile.grid().startSample(1) / profile.sampleRateHz();
  }

  /** Whether another interpretation can be in force within this take. */
  boolean admits(Interpretation other) {
    return other.getReadings().equals(begunWith.getReadings())
        && other.getSpectrogram().equals(begunWith.getSpectrogram())
        && other.getDiffusion().getSeed() == begunWith.getDiffusion().getSeed();
  }

  /**
   * Takes the next samples.
   *
   * @param wallMs when the first of them left the source
   */
  List<LiveChunk> push(float[][] samples, double wallMs, Supplier<InForce> inForce) {
    noteDues(samples[0].length, wallMs);
    level.push(samples);
    List<CutChunk> complete = cutter.push(samples);
    return complete.stream().map(chunk -> messages(chunk, inForce.get(), false)).toList();
  }

  /** Ends the take; gives the chunks that are left, the last of which says so. */
  List<LiveChunk> finish(Supplier<InForce> inForce) {
    List<CutChunk> rest = cutter.finish();
    return Stream.iterate(0, i -> i < rest.size(), i -> i + 1)
        .map(i -> messages(rest.get(i), inForce.get(), i == rest.size() - 1))
        .toList();
  }

  private void noteDues(int count, double wallMs) {
    long from = cutter.received();
    long start = layout.grid().startSample(nextDue);
    while (start < from + count) {
      double leftMs = wallMs + (double) (start - from) * MS_A_SECOND / layout.sampleRateHz();
      dues.put(nextDue, Math.round(leftMs) + delayMs);
      nextDue++;
      start = layout.grid().startSample(nextDue);
    }
  }

  private LiveChunk messages(CutChunk chunk, InForce inForce, boolean isLast) {
    long end = chunk.startSample() + chunk.lengthSamples();
    long fresh = Math.max(0, end - covered);
    covered = Math.max(covered, end);
    if (admits(inForce.interpretation())) {
      last = inForce.interpretation();
    }
    double seconds = (double) fresh / layout.sampleRateHz();
    Level loud = level.level(chunk.startSample(), chunk.lengthSamples(), profile, seconds);
    Place place =
        Place.newBuilder()
            .setTake(main)
            .setChunk(chunk.chunk())
            .setStartSample(chunk.startSample())
            .setLengthSamples(chunk.lengthSamples())
            .setSampleRateHz(layout.sampleRateHz())
            .setFormat(ChunkHeaders.NOT_COLLECTED)
            .setFreshSamples(fresh)
            .setTotalChunks(isLast ? chunk.chunk() + 1 : 0)
            .setStream(stream)
            .setDueMs(dues.remove(chunk.chunk()))
            .build();
    AudioChunk message =
        AudioChunk.newBuilder()
            .setPlace(place)
            .setSource(SourceInfo.newBuilder(source).setTitle(inForce.title()).build())
            .setInterpretation(last)
            .setLevel(loud)
            .setChannels(layout.channels())
            .setContextBeforeSamples(chunk.contextBefore())
            .setContextAfterSamples(chunk.contextAfter())
            .setSampleFormat(PcmWire.F32LE)
            .setPcm(PcmWire.toAvro(new Sound(layout.sampleRateHz(), chunk.samples())))
            .build();
    AudioChunk other =
        AudioChunk.newBuilder(message)
            .setPlace(Place.newBuilder(place).setTake(standIn).setStandIn(true).build())
            .setInterpretation(Undiffused.of(last))
            .build();
    return new LiveChunk(message, other);
  }
}
