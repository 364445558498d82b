package org.sonograph.ingest.cut;

import org.sonograph.schemas.Topics;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * How a track is cut.
 *
 * @param sampleRateHz the take's analysis rate
 * @param channels channels that are kept
 * @param grid where chunks lie
 * @param contextSamples samples on either side of a chunk that travel with it
 * @param curveHopSamples distance of the loudness curve's values; a chunk begins on one
 */
public record TrackLayout(
    int sampleRateHz, int channels, ChunkGrid grid, int contextSamples, int curveHopSamples) {
  private static final int TAPE_MOST_CHANNELS = 2;
  private static final int NOTEBOOK_MOST_CHANNELS = 8;

  /** The notebook's picture needs the whole track; pieces of this length bring it together. */
  private static final int NOTEBOOK_PIECE_SECONDS = 5;

  private static final int NOTEBOOK_PIECE_MAX_BYTES = Topics.PAYLOAD_MAX_BYTES / 2;

  /** Loudness is told about ten times a second: every 8 columns of 12 ms, or 16 of 5.8 ms. */
  private static final int TAPE_CURVE_COLUMNS = 8;

  private static final int NOTEBOOK_CURVE_COLUMNS = 16;

  /** What a record holds beside its samples: histogram, curve, prompt, tags. */
  private static final int BESIDE_SAMPLES_BYTES = 256 * 1024;

  public TrackLayout {
    long bytes =
        4L * channels * ((long) grid.widthColumns() * grid.hopSamples() + 2 * contextSamples);
    if (bytes > Topics.PAYLOAD_MAX_BYTES - BESIDE_SAMPLES_BYTES) {
      throw new IllegalArgumentException(
          "a chunk of %d columns of %d samples is %d MiB, at most %d fit: use a smaller hop"
              .formatted(
                  grid.widthColumns(),
                  grid.hopSamples(),
                  bytes >> 20,
                  (Topics.PAYLOAD_MAX_BYTES >> 20) - 1));
    }
  }

  /** The layout of a source of the given rate and channels. */
  public static TrackLayout of(SpectrogramProfile profile, int sourceRateHz, int sourceChannels) {
    return switch (profile.name()) {
      case "notebook" -> notebook(profile, sourceRateHz, sourceChannels);
      default -> tape(profile, sourceRateHz, sourceChannels);
    };
  }

  private static TrackLayout tape(SpectrogramProfile profile, int sourceRateHz, int channels) {
    ChunkGrid grid = profile.grid();
    return new TrackLayout(
        profile.sampleRateHz() == 0 ? sourceRateHz : profile.sampleRateHz(),
        Math.min(channels, TAPE_MOST_CHANNELS),
        grid,
        profile.contextSamples(),
        grid.hopSamples() * greatestCommonDivisor(grid.stepColumns(), TAPE_CURVE_COLUMNS));
  }

  private static TrackLayout notebook(SpectrogramProfile profile, int rateHz, int channels) {
    int kept = Math.min(channels, NOTEBOOK_MOST_CHANNELS);
    int hop = profile.hopSamples();
    long samples =
        Math.min((long) NOTEBOOK_PIECE_SECONDS * rateHz, NOTEBOOK_PIECE_MAX_BYTES / 4 / kept);
    int columns =
        Math.max(1, (int) (samples / hop / NOTEBOOK_CURVE_COLUMNS)) * NOTEBOOK_CURVE_COLUMNS;
    return new TrackLayout(
        rateHz,
        kept,
        new ChunkGrid(hop, columns, 0),
        profile.contextSamples(),
        hop * NOTEBOOK_CURVE_COLUMNS);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
