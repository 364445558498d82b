package org.sonograph.ingest.cut;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.signal.sound.Sound;

/**
 * Turns a track's samples into messages. One is always held back, so that the last one can say how
 * many there are and why the source broke off.
 */
public final class ChunkStream {
  private final TrackLayout layout;
  private final ChunkMessages messages;
  private final ChunkCutter cutter;
  private Optional<CutChunk> held = Optional.empty();

  /** What all messages of a take share. */
  public record Track(String take, SourceInfo source, TrackLayout layout, TrackLevel level) {}

  public ChunkStream(Track track, TakeOrder order) {
    this.layout = track.layout();
    this.messages = new ChunkMessages(track, order);
    this.cutter = new ChunkCutter(layout);
  }

  /** Takes the next samples; gives the messages that can go out, in order. */
  public List<AudioChunk> push(float[][] piece) {
    return all(cutter.push(piece)).toList();
  }

  /** Ends the track; gives the messages that are left. */
  public List<AudioChunk> finish(Optional<String> brokenOff) {
    Stream<AudioChunk> before = all(cutter.finish()).toList().stream();
    Optional<AudioChunk> last =
        held.map(chunk -> ChunkMessages.last(message(chunk), brokenOff.orElse("")));
    return Stream.concat(before, last.stream()).toList();
  }

  /** Samples of the track so far. */
  public long received() {
    return cutter.received();
  }

  private Stream<AudioChunk> all(List<CutChunk> chunks) {
    return chunks.stream()
        .flatMap(
            chunk -> {
              Optional<CutChunk> ready = held;
              held = Optional.of(chunk);
              return ready.map(this::message).stream();
            });
  }

  private AudioChunk message(CutChunk chunk) {
    return messages
        .begin(chunk.chunk(), chunk.startSample(), chunk.lengthSamples())
        .setChannels(layout.channels())
        .setContextBeforeSamples(chunk.contextBefore())
        .setContextAfterSamples(chunk.contextAfter())
        .setSampleFormat(PcmWire.F32LE)
        .setPcm(PcmWire.toAvro(new Sound(layout.sampleRateHz(), chunk.samples())))
        .build();
  }
}
