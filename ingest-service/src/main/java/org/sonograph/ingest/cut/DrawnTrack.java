package org.sonograph.ingest.cut;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.sonograph.runtime.wire.PictureWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;
import org.sonograph.signal.spectrogram.WhiteLevel;

/**
 * A track that was drawn: a picture as high as the profile's, its columns cut on the profile's
 * grid. As loud as the profile asks for in the mean; louder where it is brighter, silent where it
 * is black. Pure.
 */
public final class DrawnTrack {
  private static final double SILENCE_LUFS = -70;
  private static final double WINDOW_SECONDS = 0.4;

  /** As BS.1770 has it: what is more than this below the mean does not count, LU. */
  private static final double GATE_LU = 10;

  private final Picture picture;
  private final SpectrogramProfile profile;
  private final TrackLayout layout;

  private DrawnTrack(Picture picture, SpectrogramProfile profile) {
    this.picture = picture;
    this.profile = profile;
    this.layout = TrackLayout.of(profile, profile.sampleRateHz(), 1);
  }

  /** A picture of any size, scaled to the profile's height, its shape kept. */
  public static DrawnTrack of(Picture drawn, SpectrogramProfile profile) {
    return new DrawnTrack(
        PillowResize.resize(
            drawn,
            columns(drawn.width(), drawn.height(), profile),
            profile.height(),
            PillowResize.Filter.BICUBIC),
        profile);
  }

  /** Columns that a picture of a size makes in a profile. */
  public static int columns(int width, int height, SpectrogramProfile profile) {
    return (int) Math.max(1, Math.round((double) width * profile.height() / height));
  }

  public TrackLayout layout() {
    return layout;
  }

  /** Its length, samples at the layout's rate. */
  public long samples() {
    return (long) picture.width() * profile.hopSamples();
  }

  /** The messages of all its chunks, in order. */
  public Stream<AudioChunk> chunks(ChunkStream.Track track, TakeOrder order) {
    ChunkGrid grid = layout.grid();
    ChunkMessages messages = new ChunkMessages(track, order);
    long chunks = grid.chunks(samples());
    return LongStream.range(0, chunks)
        .mapToObj(
            chunk -> {
              AudioChunk message =
                  PictureWire.draw(
                          messages.begin(
                              chunk, grid.startSample(chunk), grid.lengthSamples(chunk, samples())),
                          columns((int) grid.firstColumn(chunk)))
                      .build();
              return chunk + 1 < chunks ? message : ChunkMessages.last(message, "");
            });
  }

  /** A chunk's columns; black after the last one. */
  private Picture columns(int first) {
    int there = Math.min(profile.width(), picture.width() - first);
    Picture part = picture.columns(first, there);
    if (there == profile.width()) {
      return part;
    }
    byte[] wide = new byte[profile.width() * profile.height() * part.channels()];
    int from = there * part.channels();
    for (int y = 0; y < profile.height(); y++) {
      System.arraycopy(part.samples(), y * from, wide, y * profile.width() * part.channels(), from);
    }
    return new Picture(profile.width(), profile.height(), part.channels(), wide);
  }

  /** Its loudness, by what its columns stand for. */
  public TrackLevel level() {
    double[] power = power();
    int half = (int) (WINDOW_SECONDS * layout.sampleRateHz() / 2 / profile.hopSamples());
    double shift = LevelFollower.TARGET_LUFS - lufs(gatedMean(power));
    int columnsAStep = layout.curveHopSamples() / profile.hopSamples();
    float[] curve = new float[Math.ceilDiv(power.length, columnsAStep) + 1];
    for (int i = 0; i < curve.length; i++) {
      int centre = Math.min(i * columnsAStep, power.length - 1);
      int from = Math.max(0, centre - half);
      int to = Math.min(power.length, centre + half + 1);
      double mean = Arrays.stream(power, from, to).average().orElse(0);
      curve[i] = (float) (mean == 0 ? SILENCE_LUFS : Math.max(SILENCE_LUFS, lufs(mean) + shift));
    }
    boolean isBlack = Arrays.stream(power).allMatch(p -> p == 0);
    return new TrackLevel(
        samples(),
        isBlack ? SILENCE_LUFS : LevelFollower.TARGET_LUFS,
        curve,
        layout.curveHopSamples(),
        List.of(),
        Optional.empty());
  }

  /** Power of each column, in any one unit; the channels' mean. */
  private double[] power() {
    Inversion inversion = profile.inversion(WhiteLevel.LOWEST_DB);
    double[] power = new double[picture.width()];
    double[][] ofPixel = new double[profile.height()][256];
    double perPixel = (inversion.whiteDb() - inversion.blackDb()) / 255;
    for (int y = 0; y < ofPixel.length; y++) {
      double hz = profile.frequencyAxis().centreHz(profile.height() - 1 - y);
      double tilt = TapeSpectrogram.tiltDb(profile.tiltDbPerOctave(), hz);
      for (int p = 1; p < 256; p++) {
        ofPixel[y][p] = Math.pow(10, (inversion.blackDb() + p * perPixel - tilt) / 10);
      }
    }
    for (int x = 0; x < power.length; x++) {
      for (int y = 0; y < ofPixel.length; y++) {
        for (int c = 0; c < picture.channels(); c++) {
          power[x] += ofPixel[y][picture.at(x, y, c)];
        }
      }
    }
    return power;
  }

  private static double gatedMean(double[] power) {
    double mean = Arrays.stream(power).filter(p -> p > 0).average().orElse(1);
    double gate = mean * Math.pow(10, -GATE_LU / 10);
    return Arrays.stream(power).filter(p -> p >= gate).average().orElse(mean);
  }

  private static double lufs(double power) {
    return 10 * Math.log10(power);
  }
}
