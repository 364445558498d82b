package org.sonograph.runtime.ffmpeg;

import java.util.List;

/** The compressed formats that are written, with the settings each is written with. */
public enum EncodedFormat {
  FLAC("flac", "flac", List.of("-c:a", "flac", "-compression_level", "5")),
  MP3("mp3", "mp3", List.of("-c:a", "libmp3lame", "-q:a", "0", "-id3v2_version", "4")),
  /** At a constant rate: a player finds any moment by its byte. */
  MP3_CONSTANT("mp3", "mp3", List.of("-c:a", "libmp3lame", "-b:a", "192k", "-id3v2_version", "4")),
  /** Opus in Ogg: FFmpeg's own Vorbis encoder is experimental and sounds worse. */
  OGG("ogg", "ogg", List.of("-c:a", "libopus", "-b:a", "192k")),
  /** The same under the name that Opus has of its own. */
  OPUS("opus", "opus", List.of("-c:a", "libopus", "-b:a", "192k"));

  private final String extension;
  private final String muxer;
  private final List<String> codec;

  EncodedFormat(String extension, String muxer, List<String> codec) {
    this.extension = extension;
    this.muxer = muxer;
    this.codec = codec;
  }

  /** File name extension, without the dot. */
  public String extension() {
    return extension;
  }

  /** Whether a picture is a tag like others, not a stream. */
  boolean hasPictureAsTag() {
    return this == OGG || this == OPUS;
  }

  String muxer() {
    return muxer;
  }

  List<String> codec() {
    return codec;
  }
}
