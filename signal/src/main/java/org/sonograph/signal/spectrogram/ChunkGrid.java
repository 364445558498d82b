package org.sonograph.signal.spectrogram;

/**
 * The absolute grid on which a track is cut: column c is the frame centred on sample {@code
 * hopSamples * c}, chunk k covers {@code widthColumns} columns from {@code k * stepColumns()} on.
 * All positions are at the analysis rate.
 *
 * @param hopSamples samples a column
 * @param widthColumns columns of a chunk
 * @param overlapColumns columns shared by neighbours
 */
public record ChunkGrid(int hopSamples, int widthColumns, int overlapColumns) {

  public ChunkGrid {
    if (hopSamples < 1
        || widthColumns < 1
        || overlapColumns < 0
        || overlapColumns >= widthColumns) {
      throw new IllegalArgumentException(
          "grid of %d columns, %d shared, %d samples each"
              .formatted(widthColumns, overlapColumns, hopSamples));
    }
  }

  /** Columns from one chunk's start to the next one's. */
  public int stepColumns() {
    return widthColumns - overlapColumns;
  }

  /** Samples shared by neighbours. */
  public int overlapSamples() {
    return overlapColumns * hopSamples;
  }

  /** Columns of a track of {@code samples}. */
  public long columns(long samples) {
    return Math.ceilDiv(samples, (long) hopSamples);
  }

  /** Chunks of a track of {@code samples}; a track always has one. */
  public long chunks(long samples) {
    return Math.max(1, Math.ceilDiv(columns(samples) - overlapColumns, (long) stepColumns()));
  }

  /** First column of a chunk. */
  public long firstColumn(long chunk) {
    return chunk * stepColumns();
  }

  /** First sample of a chunk. */
  public long startSample(long chunk) {
    return firstColumn(chunk) * hopSamples;
  }

  /**
   * Samples a chunk covers in a track of {@code samples}; the last one ends where the track does.
   */
  public long lengthSamples(long chunk, long samples) {
    return Math.clamp(samples - startSample(chunk), 0L, (long) widthColumns * hopSamples);
  }
}
