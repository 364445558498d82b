package org.sonograph.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.cut.ChunkStream;
import org.sonograph.ingest.cut.DrawnTrack;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.cut.TrackDecoder;
import org.sonograph.ingest.cut.TrackLayout;
import org.sonograph.ingest.cut.TrackLevel;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.PictureFile;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.TakeEvent;
import org.sonograph.schemas.TakeIds;
import org.sonograph.signal.reading.Readings;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * Takes sources in: measures a file, cuts it and sends it. Thread-safe; each call works on its own
 * thread, all share one gate.
 */
public final class Ingest {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

  private final FFmpeg ffmpeg;
  private final TakeSender.Backbone backbone;
  private final IngestLimits limits;
  private final IngestMetrics metrics;

  public Ingest(
      FFmpeg ffmpeg, TakeSender.Backbone backbone, IngestLimits limits, MeterRegistry meters) {
    this.ffmpeg = ffmpeg;
    this.backbone = backbone;
    this.limits = limits;
    this.metrics = new IngestMetrics(meters, backbone.gate());
  }

  /**
   * Looks at a file: format, tags, length, identity.
   *
   * @throws UnreadableSoundException with one whole line, beginning with the file's name
   */
  public IdentifiedSource identify(SourceFile source) throws UnreadableSoundException {
    try {
      return IdentifiedSource.look(source, ffmpeg);
    } catch (UnreadableSoundException e) {
      throw new UnreadableSoundException(source.shown() + " " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableSoundException(source.shown() + " cannot be read: " + e.getMessage());
    }
  }

  /** Id of the take an order makes of a source. */
  public static String take(IdentifiedSource source, TakeOrder order) {
    return TakeIds.take(source.id(), order.interpretation(), order.occurrence());
  }

  /** What was sent of a take by earlier attempts; empty when nothing was. */
  public Optional<TakeEvent> sent(String take) {
    return backbone.ledger().of(take);
  }

  /** Pictures a source will make, by the length it claims; at least 1. */
  public static long estimatedPictures(IdentifiedSource source, Interpretation interpretation) {
    SpectrogramProfile profile = ProfileWire.fromAvro(interpretation);
    if (profile.name().equals("notebook")) {
      return 1;
    }
    Probe probe = source.probe();
    TrackLayout layout = TrackLayout.of(profile, probe.sampleRateHz(), probe.channels());
    return layout.grid().chunks((long) (probe.declaredSeconds() * layout.sampleRateHz()));
  }

  /**
   * Takes one source in. Returns when the broker has all of its chunks.
   *
   * @throws InterruptedException when told to stop; the same call later goes on where it was
   * @throws org.sonograph.ingest.send.SendException when the broker does not take a chunk
   */
  public IngestResult take(IdentifiedSource source, TakeOrder order, IngestListener listener)
      throws InterruptedException {
    IngestResult result;
    try {
      result = new Pass(source, order, listener).run();
    } catch (UnreadableSoundException e) {
      result = IngestResult.refused(source.source().shown() + " " + e.getMessage());
    } catch (InterruptException e) {
      Thread.interrupted(); // Kafka sets it again; the checked exception says it
      throw new InterruptedException("stopped while sending " + source.source().shown());
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while reading " + source.source().shown());
      }
      result = IngestResult.refused(source.source().shown() + " cannot be read: " + e.getMessage());
    }
    metrics.done(result);
    if (result.badInput()) {
      LOG.warn("{}", result.message());
    } else {
      LOG.info(
          "take {} of {}: {} chunks {}",
          result.take(),
          source.source().shown(),
          result.chunks(),
          result.outcome() == IngestResult.Outcome.SENT ? "sent" : "were there already");
    }
    return result;
  }

  /** As {@link #identify} and {@link #take}; what cannot be read becomes a refused result. */
  public IngestResult submit(SourceFile source, TakeOrder order, IngestListener listener)
      throws InterruptedException {
    try {
      return take(identify(source), order, listener);
    } catch (UnreadableSoundException e) {
      IngestResult refused = IngestResult.refused(e.getMessage());
      metrics.done(refused);
      LOG.warn("{}", refused.message());
      return refused;
    }
  }

  /** The two passes over one source. */
  private final class Pass {
    private final IdentifiedSource source;
    private final TakeOrder order;
    private final IngestListener listener;
    private final SpectrogramProfile profile;
    private final Duration longest;
    private final String take;

    Pass(IdentifiedSource source, TakeOrder order, IngestListener listener) {
      this.source = source;
      this.order = order;
      this.listener = listener;
      this.profile = ProfileWire.fromAvro(order.interpretation());
      this.longest = limits.longest(profile.name());
      this.take = Ingest.take(source, order);
    }

    IngestResult run() throws IOException, InterruptedException {
      Optional<String> forbidden = Derivatives.refusal(source);
      if (forbidden.isPresent()) {
        return IngestResult.refused(forbidden.get());
      }
      Optional<TakeEvent> earlier = sent(take).filter(TakeEvent::getComplete);
      if (earlier.isPresent()) {
        return result(earlier.get().getChunks(), 0, IngestResult.Outcome.ALREADY_SENT, "");
      }
      // where a file claims no length, the figure is a guess that can be far off
      refuseTooLong(source.probe().declaredSeconds() / 2);
      if (source.isPicture()) {
        return drawn();
      }
      TrackLevel level = measure();
      if (level.samples() < profile.nFft()) {
        return result(0, level.samples(), IngestResult.Outcome.TOO_SHORT, tooShort(level));
      }
      return cut(level);
    }

    private IngestResult drawn() throws IOException, InterruptedException {
      refuseWhatNeedsSound();
      DrawnTrack track = DrawnTrack.of(PictureFile.of(source).pixels(profile.height()), profile);
      TrackLayout layout = track.layout();
      double seconds = (double) track.samples() / layout.sampleRateHz();
      refuseTooLong(seconds);
      metrics.decoded(seconds);
      TrackLevel level = track.level();
      if (level.samples() < profile.nFft()) {
        return result(0, level.samples(), IngestResult.Outcome.TOO_SHORT, tooShort(level));
      }
      listener.measured(
          take, level.samples(), layout.sampleRateHz(), layout.grid().chunks(level.samples()));
      SourceInfo info = source.toInfo(layout.sampleRateHz(), 1, level.samples());
      TakeSender sender =
          new TakeSender(backbone, take, new TakeSender.Way(false, order.caller()), new Reporter());
      for (Iterator<AudioChunk> chunks =
              track.chunks(new ChunkStream.Track(take, info, layout, level), order).iterator();
          chunks.hasNext(); ) {
        send(sender, List.of(chunks.next()));
        stopIfInterrupted();
      }
      sender.finish();
      return ended(sender, level.samples(), Optional.empty());
    }

    private void refuseWhatNeedsSound() throws UnreadableSoundException {
      if (profile.name().equals("notebook")) {
        throw new UnreadableSoundException(
            "is a picture; profile notebook draws its own from sound: use profile tape");
      }
      Readings readings = new Readings();
      for (ReadingSettings reading : order.interpretation().getReadings()) {
        if (readings.named(reading.getName()).wantsSource()) {
          throw new UnreadableSoundException(
              "is a picture, and reading %s asks for the sound behind one: use another reading"
                  .formatted(reading.getName()));
        }
      }
    }

    private TrackLevel measure() throws IOException, InterruptedException {
      try (TrackDecoder decoder = TrackDecoder.open(ffmpeg, source, profile)) {
        TrackLevel.Meter meter = new TrackLevel.Meter(decoder.layout());
        for (var piece = decoder.next(); piece.isPresent(); piece = decoder.next()) {
          refuseTooLong(decoder.seconds());
          meter.push(piece.get());
          listener.measuring(decoder.seconds(), source.probe().declaredSeconds());
          stopIfInterrupted();
        }
        Optional<String> brokenOff = decoder.brokenOff();
        metrics.decoded(decoder.seconds());
        return meter.finish(brokenOff);
      }
    }

    private IngestResult cut(TrackLevel level) throws IOException, InterruptedException {
      TakeSender.Way way = new TakeSender.Way(profile.name().equals("notebook"), order.caller());
      TakeSender sender = new TakeSender(backbone, take, way, new Reporter());
      try (TrackDecoder decoder = TrackDecoder.open(ffmpeg, source, profile)) {
        TrackLayout layout = decoder.layout();
        listener.measured(
            take, level.samples(), layout.sampleRateHz(), layout.grid().chunks(level.samples()));
        SourceInfo info =
            SourceInfo.newBuilder(
                    source.toInfo(
                        decoder.sourceRateHz(), decoder.sourceChannels(), level.samples()))
                .setDecodedBy(ffmpeg.version())
                .build();
        ChunkStream stream =
            new ChunkStream(new ChunkStream.Track(take, info, layout, level), order);
        for (var piece = decoder.next(); piece.isPresent(); piece = decoder.next()) {
          send(sender, stream.push(piece.get()));
          stopIfInterrupted();
        }
        Optional<String> brokenOff = brokenOff(level, stream.received(), decoder);
        send(sender, stream.finish(brokenOff));
        sender.finish();
        return ended(sender, stream.received(), brokenOff);
      }
    }

    private Optional<String> brokenOff(TrackLevel level, long received, TrackDecoder decoder)
        throws IOException {
      boolean changed = !IdentifiedSource.Stamp.of(source.source().file()).equals(source.stamp());
      if (changed) {
        return Optional.of("the file changed while it was read");
      }
      if (received == level.samples()) {
        return level.brokenOff();
      }
      return decoder
          .brokenOff()
          .or(() -> Optional.of("it decoded to another length the second time"));
    }

    private IngestResult ended(TakeSender sender, long samples, Optional<String> brokenOff) {
      return brokenOff
          .map(
              why ->
                  result(
                      sender.acknowledged(),
                      samples,
                      IngestResult.Outcome.INCOMPLETE,
                      source.source().shown()
                          + " is incomplete: "
                          + why
                          + "; what decodes is kept"))
          .orElseGet(() -> result(sender.acknowledged(), samples, IngestResult.Outcome.SENT, ""));
    }

    private void send(TakeSender sender, Iterable<AudioChunk> chunks) throws InterruptedException {
      for (AudioChunk chunk : chunks) {
        sender.send(chunk);
        if (chunk.getPlace().getChunk() >= sender.alreadyThere()) {
          metrics.handedOver(chunk.getPlace());
        }
      }
    }

    private void refuseTooLong(double seconds) throws UnreadableSoundException {
      if (seconds <= longest.toSeconds()) {
        return;
      }
      String advice =
          profile.name().equals("notebook")
              ? "; profile notebook makes one picture of the whole: use profile tape"
              : "";
      throw new UnreadableSoundException(
          "is longer than the limit of %d minutes%s".formatted(longest.toMinutes(), advice));
    }

    private String tooShort(TrackLevel level) {
      String why = level.brokenOff().map(reason -> " (" + reason + ")").orElse("");
      return "%s has %d samples of sound, fewer than one analysis window of %d%s: nothing is sent"
          .formatted(source.source().shown(), level.samples(), profile.nFft(), why);
    }

    private IngestResult result(
        long chunks, long samples, IngestResult.Outcome outcome, String message) {
      return new IngestResult(take, chunks, samples, outcome, message);
    }

    private void stopIfInterrupted() throws InterruptedException {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while taking in " + source.source().shown());
      }
    }

    private final class Reporter implements TakeSender.Progress {
      private long counted = sent(take).map(TakeEvent::getChunks).orElse(0L);

      @Override
      public void acknowledged(long chunks) {
        metrics.sent(chunks - counted);
        counted = chunks;
        listener.sent(take, chunks);
      }

      @Override
      public void holding(long pictures) {
        listener.holding(take, pictures);
      }
    }
  }
}
