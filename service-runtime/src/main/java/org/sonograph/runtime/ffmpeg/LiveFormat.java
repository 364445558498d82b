package org.sonograph.runtime.ffmpeg;

import java.util.List;
import java.util.stream.Stream;

/** How sound is encoded that is heard while it is made. */
public enum LiveFormat {
  /** Frames of one size, none of which needs an earlier one: a listener may begin at any. */
  MP3(
      192_000,
      List.of("-c:a", "libmp3lame", "-b:a", "192k", "-reservoir", "0"),
      List.of("-write_xing", "0", "-id3v2_version", "0", "-f", "mp3")),
  /** Opus in Ogg, in pages of a fifth of a second. */
  OPUS(
      128_000,
      List.of("-c:a", "libopus", "-b:a", "128k", "-frame_duration", "20"),
      List.of("-page_duration", "200000", "-f", "ogg"));

  private final int bitsASecond;
  private final List<String> codec;
  private final List<String> container;

  LiveFormat(int bitsASecond, List<String> codec, List<String> container) {
    this.bitsASecond = bitsASecond;
    this.codec = codec;
    this.container = container;
  }

  /** Bits that a second takes, about. */
  public int bitsASecond() {
    return bitsASecond;
  }

  List<String> options() {
    return Stream.of(codec, container).flatMap(List::stream).toList();
  }
}
