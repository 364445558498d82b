package org.sonograph.ingest.cut;

import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Place;

/** What the messages of one take have in common; they are begun in order. */
final class ChunkMessages {
  private final ChunkStream.Track track;
  private final TakeOrder order;
  private long covered;

  ChunkMessages(ChunkStream.Track track, TakeOrder order) {
    this.track = track;
    this.order = order;
  }

  /** The next chunk's message, still without what is heard in it. */
  AudioChunk.Builder begin(long chunk, long startSample, long lengthSamples) {
    long end = startSample + lengthSamples;
    long fresh = Math.max(0, end - covered);
    covered = Math.max(covered, end);
    Place place =
        Place.newBuilder()
            .setTake(track.take())
            .setChunk(chunk)
            .setStartSample(startSample)
            .setLengthSamples(lengthSamples)
            .setSampleRateHz(track.layout().sampleRateHz())
            .setFormat(order.format())
            .setFolder(order.folder())
            .setFreshSamples(fresh)
            .build();
    return AudioChunk.newBuilder()
        .setPlace(place)
        .setSource(track.source())
        .setInterpretation(order.interpretation())
        .setLevel(track.level().level(startSample, lengthSamples));
  }

  /** The take's last message. */
  static AudioChunk last(AudioChunk chunk, String endReason) {
    Place place =
        Place.newBuilder(chunk.getPlace())
            .setTotalChunks(chunk.getPlace().getChunk() + 1)
            .setEndReason(endReason)
            .build();
    return AudioChunk.newBuilder(chunk).setPlace(place).build();
  }
}
