package org.sonograph.gallery.film;

import java.awt.Color;
import org.sonograph.runtime.ffmpeg.FilmFrames;

/**
 * The art behind a window, as it passes a playhead. The playhead runs from the left to the middle,
 * there the art begins to move, and at its end the playhead runs on to the right: both evenly.
 */
final class ScrollFrames implements FilmFrames {
  /** How far the playhead stands out of the window, pixels. */
  private static final int STANDS_OUT = 16;

  private final FilmShape shape;
  private final Planes sheet;
  private final Planes strip;
  private final byte[] head;
  private final double seconds;
  private final byte[] frame;

  /**
   * A film.
   *
   * @param sheet all that stands still, of the shape's size
   * @param strip the whole art, of the window's height
   * @param head colour of the playhead
   * @param seconds length of the sound
   */
  ScrollFrames(FilmShape shape, Planes sheet, Planes strip, Color head, double seconds) {
    this.shape = shape;
    this.sheet = sheet;
    this.strip = strip;
    this.head = Planes.of(head);
    this.seconds = seconds;
    this.frame = new byte[shape.width() * shape.height() * 3 / 2];
  }

  @Override
  public int width() {
    return shape.width();
  }

  @Override
  public int height() {
    return shape.height();
  }

  @Override
  public int count() {
    return Math.max(1, (int) Math.ceil(seconds * RATE));
  }

  @Override
  public byte[] frame(int number) {
    int luma = shape.width() * shape.height();
    System.arraycopy(sheet.luma(), 0, frame, 0, luma);
    System.arraycopy(sheet.blue(), 0, frame, luma, luma / 4);
    System.arraycopy(sheet.red(), 0, frame, luma * 5 / 4, luma / 4);
    int shown = Math.min(shape.windowWidth(), strip.width());
    double at = Math.min(1, number / (RATE * seconds)) * strip.width();
    double offset = Math.clamp(at - shown / 2.0, 0, strip.width() - shown);
    window(new Plane(strip.luma(), strip.width(), 0, shape.width()), shown, offset, 1);
    window(new Plane(strip.blue(), strip.width() / 2, luma, shape.width() / 2), shown, offset, 2);
    window(
        new Plane(strip.red(), strip.width() / 2, luma * 5 / 4, shape.width() / 2),
        shown,
        offset,
        2);
    playhead((int) Math.round(at - offset));
    return frame;
  }

  /** One plane of the strip, and where that plane lies in a frame. */
  private record Plane(byte[] from, int fromWidth, int start, int width) {}

  /** Between two columns the mean is taken by their distance, so that slow art glides. */
  private void window(Plane plane, int shown, double offset, int step) {
    double left = offset / step;
    int first = (int) left;
    int share = (int) ((left - first) * 256);
    int columns = shown / step;
    int rows = shape.windowHeight() / step;
    for (int y = 0; y < rows; y++) {
      int in = y * plane.fromWidth + first;
      int out = plane.start + (shape.margin() / step + y) * plane.width + shape.margin() / step;
      for (int x = 0; x < columns; x++) {
        int here = plane.from[in + x] & 0xff;
        int next =
            share == 0
                ? here
                : plane.from[in + Math.min(x + 1, plane.fromWidth - 1 - first)] & 0xff;
        frame[out + x] = (byte) (here + ((next - here) * share >> 8));
      }
    }
  }

  private void playhead(int column) {
    int luma = shape.width() * shape.height();
    int x = shape.margin() + (column & ~1);
    for (int y = shape.margin() - STANDS_OUT;
        y < shape.margin() + shape.windowHeight() + STANDS_OUT;
        y++) {
      frame[y * shape.width() + x] = head[0];
      frame[y * shape.width() + x + 1] = head[0];
      int half = y / 2 * (shape.width() / 2) + x / 2;
      frame[luma + half] = head[1];
      frame[luma * 5 / 4 + half] = head[2];
    }
  }
}
