package org.sonograph.spectrogram;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;

/**
 * One picture of a whole track in the profile {@code notebook}, for use without a broker: give it
 * the take's chunks in their order, then ask for the picture. Belongs to one thread.
 */
public final class NotebookPicture {
  private final NotebookTake take = new NotebookTake();
  private final NotebookLimits limits;
  private final List<NotebookColumns> columns = new ArrayList<>();
  private AudioChunk first;
  private Place last;

  /** A picture within the service's default limits. */
  public NotebookPicture() {
    this(NotebookLimits.DEFAULT);
  }

  NotebookPicture(NotebookLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes the next chunk.
   *
   * @throws IllegalArgumentException if it cannot be part of the picture; the message says why
   */
  public void add(AudioChunk chunk) {
    Failure failure = chunk.getFailure();
    if (failure == null) {
      failure = take.objection(chunk.getPlace(), limits.longest()).orElse(null);
    }
    if (failure != null) {
      throw new IllegalArgumentException(failure.getReason());
    }
    NotebookColumns added = NotebookColumns.of(chunk);
    columns.add(added);
    take.add(added);
    take.passed(chunk.getPlace(), 0);
    first = first == null ? withoutSound(chunk) : first;
    last = chunk.getPlace();
  }

  /** The message that the service sends for these chunks; the PNG is in it. */
  public SpectrogramImage draw() {
    requireChunks();
    return draw(SpectrogramImages.at(first, wholeTrack(last)), sequence(), take.range());
  }

  /** The picture before resizing: grey, one column a frame, row 0 = 0 Hz. */
  public Picture unresized() {
    requireChunks();
    return NotebookSpectrogram.full(sequence(), take.range());
  }

  private void requireChunks() {
    if (first == null) {
      throw new IllegalStateException("no chunk was given, expected at least one");
    }
  }

  private NotebookColumns.Sequence sequence() {
    return new NotebookColumns.Sequence(take.columns(), chunk -> columns.get((int) chunk));
  }

  static SpectrogramImage draw(AudioChunk whole, List<float[]> columns, PowerRange range) {
    Picture picture = NotebookSpectrogram.resized(NotebookSpectrogram.full(columns, range));
    return SpectrogramImages.image(
        whole,
        picture,
        NotebookSpectrogram.inversion(whole.getPlace().getSampleRateHz(), columns.size(), range));
  }

  /** The place of the one picture, from that of its last chunk. */
  static Place wholeTrack(Place last) {
    return Place.newBuilder(last)
        .setChunk(0)
        .setStartSample(0)
        .setLengthSamples(last.getStartSample() + last.getLengthSamples())
        .setTotalChunks(1)
        .build();
  }

  /** What a chunk says besides its sound and levels. */
  static AudioChunk withoutSound(AudioChunk chunk) {
    return AudioChunk.newBuilder(chunk)
        .setPcm(ByteBuffer.allocate(0))
        .setLevel(
            Level.newBuilder(chunk.getLevel())
                .setHistogram(List.of())
                .setMomentaryLufs(List.of())
                .build())
        .clearFailure()
        .build();
  }
}
