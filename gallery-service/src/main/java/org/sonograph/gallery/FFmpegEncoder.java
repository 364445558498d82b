package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.sonograph.runtime.ffmpeg.EncodedFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.ffmpeg.FFmpegUnavailableException;

/** Encodes with FFmpeg, which is looked for when the first sound needs it. */
final class FFmpegEncoder implements SoundEncoder {
  /** With less room than this a failure is put down to the disk, which may be emptied. */
  private static final long ROOM_BYTES = 64L << 20;

  private final FFmpegSettings settings;
  private FFmpeg ffmpeg;

  FFmpegEncoder(FFmpegSettings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized String program() {
    return ffmpeg().version();
  }

  private FFmpeg ffmpeg() {
    if (ffmpeg == null) {
      ffmpeg = FFmpeg.open(settings);
    }
    return ffmpeg;
  }

  @Override
  public synchronized void encode(Path wav, Path target, OutputFormat format, SoundLabel label)
      throws IOException {
    try {
      Optional<byte[]> cover = CoverArt.of(target.getParent());
      ffmpeg().encode(wav, target, encoded(format), tags(label), cover);
    } catch (FFmpegUnavailableException e) {
      throw new EncodingException(e.getMessage(), e);
    } catch (IOException e) {
      if (Files.getFileStore(target.getParent()).getUsableSpace() < ROOM_BYTES) {
        throw e;
      }
      throw new EncodingException(e.getMessage(), e);
    }
  }

  private static EncodedFormat encoded(OutputFormat format) {
    return switch (format) {
      case FLAC, LEAN -> EncodedFormat.FLAC;
      case MP3 -> EncodedFormat.MP3;
      case OGG -> EncodedFormat.OGG;
      case OPUS -> EncodedFormat.OPUS;
      case WAV, WAV_F32 ->
          throw new IllegalArgumentException(format.option() + " needs no encoding");
    };
  }

  private static SequencedMap<String, String> tags(SoundLabel label) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    put(tags, "title", label.title());
    put(tags, "artist", label.artist());
    put(tags, "copyright", label.licence());
    put(tags, "comment", label.comment());
    put(tags, "encoded_by", SoundLabel.SOFTWARE);
    put(tags, "identifier", label.archiveId());
    put(tags, "DigitalSourceType", label.source().uri());
    put(tags, "sonograph", label.ancestry());
    return tags;
  }

  private static void put(SequencedMap<String, String> tags, String name, String text) {
    if (!text.isEmpty()) {
      tags.put(name, text);
    }
  }
}
