package org.sonograph.signal.spectrogram;

import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;

/** Draws the columns of one chunk, in the colours its inversion names. */
final class ChunkDrawing {
  private final ChunkPower power;
  private final int columns;
  private final Inversion inversion;
  private final AxisMap map;
  private final double[] tiltDb;

  ChunkDrawing(Sound sound, int contextBefore, int columns, Inversion inversion) {
    this.power = new ChunkPower(sound, contextBefore, inversion);
    this.columns = columns;
    this.inversion = inversion;
    this.map = TapeSpectrogram.map(inversion);
    this.tiltDb = TapeSpectrogram.tiltDb(inversion);
  }

  /** The mean of the sound's channels. */
  Picture grey() {
    byte[] out = new byte[inversion.width() * inversion.height()];
    double[] rows = new double[inversion.height()];
    double[][] mean = power.mean(0, columns);
    for (int c = 0; c < columns; c++) {
      map.rows(mean[c], rows);
      draw(rows, c, 0, out);
    }
    return Picture.grey(inversion.width(), inversion.height(), out);
  }

  /** Of two channels; red, green and blue as {@link Colour#STEREO} has them. */
  Picture stereo() {
    byte[] out = new byte[3 * inversion.width() * inversion.height()];
    double[][] left = power.channel(0, 0, columns);
    double[][] right = power.channel(1, 0, columns);
    double[] red = new double[inversion.height()];
    double[] green = new double[inversion.height()];
    double[] blue = new double[inversion.height()];
    for (int c = 0; c < columns; c++) {
      map.rows(left[c], red);
      map.rows(right[c], green);
      for (int r = 0; r < blue.length; r++) {
        double l = Math.sqrt(red[r]);
        double h = Math.sqrt(green[r]);
        double shared = Math.min(l, h);
        red[r] = square((3 * l - shared) / 2);
        green[r] = square((3 * h - shared) / 2);
        blue[r] = square(shared);
      }
      draw(red, c, 0, out);
      draw(green, c, 1, out);
      draw(blue, c, 2, out);
    }
    return Picture.rgb(inversion.width(), inversion.height(), out);
  }

  /** Tones, attacks and the rest of the mean of the sound's channels. */
  Picture parts() {
    byte[] out = new byte[3 * inversion.width() * inversion.height()];
    int reach = Separation.reachFrames(inversion.nFft(), inversion.hopSamples());
    int before = power.framesBefore(reach);
    double[][] around = power.mean(-before, before + columns + power.framesAfter(columns, reach));
    double[][][] parts = Separation.split(around, reach, before, columns);
    double[] rows = new double[inversion.height()];
    for (int part = 0; part < Separation.PARTS; part++) {
      for (int c = 0; c < columns; c++) {
        map.rows(parts[part][c], rows);
        draw(rows, c, part, out);
      }
    }
    return Picture.rgb(inversion.width(), inversion.height(), out);
  }

  private static double square(double value) {
    return value * value;
  }

  /** Powers of a column's rows, counted from the bottom, as pixels of one channel. */
  private void draw(double[] rows, int column, int channel, byte[] out) {
    int channels = out.length / (inversion.width() * inversion.height());
    double perLevel = 255 / (inversion.whiteDb() - inversion.blackDb());
    for (int r = 0; r < rows.length; r++) {
      double level = (10 * Math.log10(rows[r]) + tiltDb[r] - inversion.blackDb()) * perLevel;
      int y = inversion.height() - 1 - r;
      out[(y * inversion.width() + column) * channels + channel] =
          (byte) (level > 0 ? Math.min(255, Math.round(level)) : 0);
    }
  }
}
