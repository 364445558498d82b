package org.sonograph.decoder;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Place;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * Makes the terminal record of each chunk: its sound joined to what came before, or marked silence.
 */
final class ReadingSender {
  private static final Logger LOG = LoggerFactory.getLogger(ReadingSender.class);

  private final AssemblerStores stores;
  private final AssemblerMeters meters;
  private final Consumer<AudioOutput> out;

  ReadingSender(AssemblerStores stores, AssemblerMeters meters, Consumer<AudioOutput> out) {
    this.stores = stores;
    this.meters = meters;
    this.out = out;
  }

  /**
   * Remembers source and interpretation of a take; a piece that knows its source replaces one that
   * does not.
   */
  void learn(ReadingKey key, DecodedChunk piece) {
    if (stores.about().get(key.text()) == null || !knowsSource(key) && knowsSource(piece)) {
      remember(key, piece);
    }
  }

  private void remember(ReadingKey key, DecodedChunk piece) {
    stores
        .about()
        .put(
            key.text(),
            DecodedChunk.newBuilder(piece)
                .setPcm(ByteBuffer.allocate(0))
                .setHeadPng(ByteBuffer.allocate(0))
                .setTailPng(ByteBuffer.allocate(0))
                .clearFailure()
                .build());
  }

  /** Whether source and interpretation are known in full, and not only what headers tell. */
  boolean knowsSource(ReadingKey key) {
    DecodedChunk about = stores.about().get(key.text());
    return about != null && knowsSource(about);
  }

  private static boolean knowsSource(DecodedChunk piece) {
    return !piece.getSource().getId().isEmpty();
  }

  /** Sends a chunk that came. */
  void piece(ReadingKey key, DecodedChunk piece, boolean last) {
    if (piece.getPlace().getDueMs() > 0 && knowsSource(piece)) {
      // a stream's title, prompt and model change from chunk to chunk
      remember(key, piece);
    }
    Timeline timeline = timeline(key, piece);
    Optional<Failure> failure =
        Optional.ofNullable(piece.getFailure()).or(() -> misfit(piece, timeline));
    if (failure.isPresent()) {
      silent(key, piece, last, failure.get());
      return;
    }
    boolean joins = timeline.hasTail();
    Stretch stretch;
    try {
      stretch = sound(timeline, piece, last);
    } catch (RuntimeException e) {
      LOG.warn("no seam ({} chunk={}): {}", key, piece.getPlace().getChunk(), e.getMessage(), e);
      silent(
          key,
          piece,
          last,
          new Failure(ChunkDecoder.STAGE, "unjoinable", String.valueOf(e.getMessage())));
      return;
    }
    if (joins) {
      meters.seam();
    }
    send(key, piece.getPlace(), new Terminal(timeline, stretch, last, Optional.empty()));
  }

  private void silent(ReadingKey key, DecodedChunk piece, boolean last, Failure failure) {
    Timeline timeline = timeline(key, piece);
    long samples =
        last
            ? piece.getStartSample() + piece.getSamples() - timeline.position()
            : piece.getSamples() - piece.getOverlapSamples();
    Stretch stretch = silence(timeline, Math.max(0, samples), last);
    send(key, piece.getPlace(), new Terminal(timeline, stretch, last, Optional.of(failure)));
  }

  private static Stretch sound(Timeline timeline, DecodedChunk piece, boolean last) {
    Piece sounding = Piece.of(piece);
    return last ? timeline.appendLast(sounding) : timeline.append(sounding);
  }

  private static Stretch silence(Timeline timeline, long samples, boolean last) {
    Stretch stretch = timeline.silence(samples);
    return last ? stretch.then(timeline.finish()) : stretch;
  }

  /** Sends silence for the next chunk, which did not come in time; true if it is the last. */
  boolean overdue(ReadingKey key, OpenReading reading, Duration patience) {
    missing(
        key,
        reading,
        reading.stepSamples(),
        false,
        new Failure(
            ChunkDecoder.STAGE,
            "overdue",
            reading.nextDueMs() > 0
                ? "chunk=%d did not come before it was to be heard (%s): see the stages before"
                    .formatted(reading.nextChunk(), key)
                : "chunk=%d did not come while a later one waited for %s, expected it sooner (%s): see the stages before"
                    .formatted(reading.nextChunk(), patience, key)));
    return false;
  }

  /**
   * Sends silence for the next chunk of a take that nothing is heard of any more; true if it is the
   * last.
   */
  boolean abandoned(ReadingKey key, OpenReading reading, Duration idle) {
    DecodedChunk about = stores.about().get(key.text());
    long position = timeline(key, about).position();
    long left = about.getSource().getSamples() - position;
    long step = reading.stepSamples();
    boolean known =
        left > 0 && step > 0 && about.getPlace().getSampleRateHz() == about.getSampleRateHz();
    // as long as the source says it is; where it does not say, it ends here
    boolean last = !known || left <= step + about.getOverlapSamples();
    missing(
        key,
        reading,
        !known ? 0 : last ? left : step,
        last,
        new Failure(
            ChunkDecoder.STAGE,
            "abandoned",
            "no news of the take for %s, expected chunk=%d (%s): send it again"
                .formatted(idle, reading.nextChunk(), key)));
    return last;
  }

  private void missing(
      ReadingKey key, OpenReading reading, long samples, boolean last, Failure failure) {
    DecodedChunk about = stores.about().get(key.text());
    Timeline timeline = timeline(key, about);
    long chunk = reading.nextChunk();
    Place place =
        Place.newBuilder(about.getPlace())
            .setChunk(chunk)
            .setStartSample(timeline.position())
            .setLengthSamples(samples)
            .setFreshSamples(0)
            .setClosedMs(0)
            .setDueMs(reading.nextDueMs())
            .setTotalChunks(last ? chunk + 1 : 0)
            .setEndReason(last ? failure.getCode() : "")
            .build();
    Stretch stretch = silence(timeline, samples, last);
    send(key, place, new Terminal(timeline, stretch, last, Optional.of(failure)));
  }

  /** What a terminal record says. */
  private record Terminal(
      Timeline timeline, Stretch stretch, boolean last, Optional<Failure> failure) {}

  private void send(ReadingKey key, Place place, Terminal terminal) {
    DecodedChunk about = stores.about().get(key.text());
    Stretch stretch = terminal.stretch();
    AudioOutput.Builder output =
        AudioOutput.newBuilder()
            .setPlace(place)
            .setSource(about.getSource())
            .setInterpretation(about.getInterpretation())
            .setReading(key.reading())
            .setSampleRateHz(terminal.timeline().sampleRateHz())
            .setChannels(terminal.timeline().channels())
            .setStartSample(stretch.startSample())
            .setSamples(stretch.samples())
            .setSampleFormat(PcmWire.F32LE)
            .setLast(terminal.last());
    stretch.sound().map(PcmWire::toAvro).ifPresent(output::setPcm);
    terminal.failure().ifPresent(output::setFailure);
    meters.sent(terminal.failure().map(Failure::getCode).orElse("sound"));
    stores.timelines().put(key.text(), terminal.timeline().toBytes());
    out.accept(output.build());
  }

  /** Why a piece that sounds cannot follow what was sent, if it cannot. */
  private static Optional<Failure> misfit(DecodedChunk piece, Timeline timeline) {
    if (piece.getStartSample() == timeline.position()
        && piece.getSampleRateHz() == timeline.sampleRateHz()
        && piece.getChannels() == timeline.channels()) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            ChunkDecoder.STAGE,
            "misfit",
            "chunk=%d begins at sample %d with %d Hz and %d channels, expected sample %d, %d Hz and %d channels (take=%s)"
                .formatted(
                    piece.getPlace().getChunk(),
                    piece.getStartSample(),
                    piece.getSampleRateHz(),
                    piece.getChannels(),
                    timeline.position(),
                    timeline.sampleRateHz(),
                    timeline.channels(),
                    piece.getPlace().getTake())));
  }

  private Timeline timeline(ReadingKey key, DecodedChunk piece) {
    byte[] stored = stores.timelines().get(key.text());
    if (stored != null) {
      return Timeline.fromBytes(stored);
    }
    long start = piece.getPlace().getChunk() == 0 ? piece.getStartSample() : 0;
    int rate = Math.max(1, piece.getSampleRateHz());
    int channels = Math.max(1, piece.getChannels());
    boolean ownLength =
        piece.getInterpretation().getProfile().equals(SpectrogramProfile.NOTEBOOK.name());
    return ownLength
        ? Timeline.plain(rate, channels, start)
        : Timeline.limited(rate, channels, start);
  }
}
