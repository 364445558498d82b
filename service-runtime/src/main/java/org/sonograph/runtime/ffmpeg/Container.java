package org.sonograph.runtime.ffmpeg;

/**
 * The file formats that are read, each with the one FFmpeg demuxer it is given to; a picture goes
 * to none.
 */
public enum Container {
  WAV("wav", Length.FROM_HEADER),
  WAVE64("w64", Length.FROM_HEADER),
  FLAC("flac", Length.DECLARED),
  MP3("mp3", Length.FROM_HEADER),
  OGG("ogg", Length.FROM_HEADER),
  MP4("mov", Length.DECLARED),
  MATROSKA("matroska", Length.DECLARED),
  AIFF("aiff", Length.DECLARED),
  ADTS("aac", Length.UNKNOWN),
  CAF("caf", Length.FROM_HEADER),
  AU("au", Length.DECLARED),
  AMR("amr", Length.UNKNOWN),
  ASF("asf", Length.DECLARED),
  WAVPACK("wv", Length.DECLARED),
  MONKEYS_AUDIO("ape", Length.DECLARED),
  TTA("tta", Length.DECLARED),
  AVI("avi", Length.DECLARED),
  PICTURE("", Length.UNKNOWN),

  /** Of streams alone: a file of this form is a film's. */
  MPEG_TS("mpegts", Length.UNKNOWN);

  /** How it can be told that a file of this format was cut off. */
  enum Length {
    /** The container says how long its sound is, and FFmpeg reports it. */
    DECLARED,
    /** The container's own header or last page tells; see {@link Completeness}. */
    FROM_HEADER,
    /** Nothing tells. */
    UNKNOWN
  }

  private final String demuxer;
  private final Length length;

  Container(String demuxer, Length length) {
    this.demuxer = demuxer;
    this.length = length;
  }

  String demuxer() {
    return demuxer;
  }

  Length length() {
    return length;
  }
}
