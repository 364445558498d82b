package org.sonograph.runtime.ffmpeg;

import java.util.List;

/** The pictures of a film, made one after another. */
public interface FilmFrames {
  /** Pictures a second. */
  int RATE = 30;

  /** How a film is written: H.264 that every phone plays, AAC, its index in front. */
  List<String> CODECS =
      List.of(
          ("-c:v libopenh264 -b:v 6M -g 60 -pix_fmt yuv420p -color_range tv -colorspace bt709"
                  + " -color_primaries bt709 -color_trc bt709 -c:a aac -b:a 192k"
                  + " -movflags +faststart")
              .split(" "));

  /** Width, pixels; even. */
  int width();

  /** Height, pixels; even. */
  int height();

  /** Number of pictures. */
  int count();

  /**
   * The planes of a picture one after another: luma {@code [row][column]}, then blue and red
   * difference at half the width and height; BT.709, 16 to 235 and 16 to 240. May be one array that
   * is filled anew each time.
   */
  byte[] frame(int number);
}
