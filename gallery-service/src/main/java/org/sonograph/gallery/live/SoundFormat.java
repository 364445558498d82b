package org.sonograph.gallery.live;

import java.util.Optional;
import org.sonograph.runtime.ffmpeg.LiveFormat;

/** What a stream can be listened to as. */
public enum SoundFormat {
  MP3("mp3", "audio/mpeg", LiveFormat.MP3.bitsASecond(), Optional.of(LiveFormat.MP3)),
  OPUS("opus", "audio/ogg", LiveFormat.OPUS.bitsASecond(), Optional.of(LiveFormat.OPUS)),
  /** 16 bits, with a head that promises no end. */
  WAV(
      "wav",
      "audio/wav",
      OutputGrid.STANDARD.rateHz() * OutputGrid.CHANNELS * Short.SIZE,
      Optional.empty());

  private final String extension;
  private final String contentType;
  private final int bitsASecond;
  private final Optional<LiveFormat> encoded;

  SoundFormat(String extension, String contentType, int bitsASecond, Optional<LiveFormat> encoded) {
    this.extension = extension;
    this.contentType = contentType;
    this.bitsASecond = bitsASecond;
    this.encoded = encoded;
  }

  /** As addresses end. */
  public String extension() {
    return extension;
  }

  String contentType() {
    return contentType;
  }

  int bytesASecond() {
    return bitsASecond / Byte.SIZE;
  }

  int kilobits() {
    return bitsASecond / 1000;
  }

  /** What encodes it; empty = nothing has to. */
  Optional<LiveFormat> encoded() {
    return encoded;
  }
}
