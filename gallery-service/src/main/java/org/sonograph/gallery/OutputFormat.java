package org.sonograph.gallery;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.sonograph.signal.sound.SampleFormat;

/** File format of the sounds, as {@code --format} names it. */
enum OutputFormat {
  WAV("wav", "wav", SampleFormat.S16),
  WAV_F32("wav-f32", "wav", SampleFormat.F32),
  FLAC("flac", "flac", SampleFormat.S24),
  MP3("mp3", "mp3", SampleFormat.F32),
  OGG("ogg", "ogg", SampleFormat.F32),
  OPUS("opus", "opus", SampleFormat.F32),
  /** FLAC, and pictures as JPEG without spectrograms. */
  LEAN("lean", "flac", SampleFormat.S24);

  private final String option;
  private final String extension;
  private final SampleFormat collected;

  OutputFormat(String option, String extension, SampleFormat collected) {
    this.option = option;
    this.extension = extension;
    this.collected = collected;
  }

  /** The format of that name; an empty name, as in a record of unknown origin, means wav. */
  static OutputFormat parse(String option) {
    if (option.isEmpty()) {
      return WAV;
    }
    return Arrays.stream(values())
        .filter(f -> f.option.equals(option))
        .findFirst()
        .orElseThrow(
            () ->
                new BadRecordException(
                    "format="
                        + option
                        + ", expected "
                        + Arrays.stream(values())
                            .map(f -> f.option)
                            .collect(Collectors.joining(", "))));
  }

  String option() {
    return option;
  }

  String extension() {
    return extension;
  }

  /** Sample format of the WAV that is written while records arrive. */
  SampleFormat collected() {
    return collected;
  }

  /** Whether pictures are kept small, and what can be made again is not kept. */
  boolean isLean() {
    return this == LEAN;
  }

  /** Whether the file that was collected is not yet the one asked for. */
  boolean needsEncoding() {
    return !extension.equals("wav");
  }
}
