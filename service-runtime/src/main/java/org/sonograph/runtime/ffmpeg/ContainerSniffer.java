package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Decides the container from the bytes alone; the file's name has no say. What is not listed here
 * never reaches FFmpeg, so no playlist, script or address inside a file is ever followed.
 */
public final class ContainerSniffer {
  private static final int HEAD_BYTES = 8192;

  /** Length of an MPEG transport packet, each of which begins with a G. */
  private static final int TS_BYTES = 188;

  /** Magic bytes, as Latin-1 text, at an offset from the start. */
  private record Magic(int offset, String bytes) {
    boolean matches(byte[] head) {
      byte[] wanted = bytes.getBytes(StandardCharsets.ISO_8859_1);
      if (head.length < offset + wanted.length) {
        return false;
      }
      for (int i = 0; i < wanted.length; i++) {
        if (head[offset + i] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }

  private record Rule(Sniffed result, Magic... magics) {
    boolean matches(byte[] head) {
      for (Magic magic : magics) {
        if (!magic.matches(head)) {
          return false;
        }
      }
      return true;
    }
  }

  /** The first rule that matches wins. */
  private static final List<Rule> RULES =
      List.of(
          known(Container.WAV, at(0, "RIFF"), at(8, "WAVE")),
          known(Container.WAV, at(0, "RIFX"), at(8, "WAVE")),
          known(Container.WAV, at(0, "RF64"), at(8, "WAVE")),
          known(Container.WAV, at(0, "BW64"), at(8, "WAVE")),
          known(Container.WAVE64, at(0, "riff\u002e\u0091\u00cf\u0011")),
          known(Container.FLAC, at(0, "fLaC")),
          known(Container.OGG, at(0, "OggS")),
          refused("a picture, not sound", at(4, "ftypavif")),
          refused("a picture, not sound", at(4, "ftyphei")),
          refused("a picture, not sound", at(4, "ftypmif1")),
          known(Container.MP4, at(4, "ftyp")),
          known(Container.MP4, at(4, "moov")),
          known(Container.MP4, at(4, "mdat")),
          known(Container.MP4, at(4, "wide")),
          known(Container.MP4, at(4, "free")),
          known(Container.MP4, at(4, "skip")),
          known(Container.MATROSKA, at(0, "\u001a\u0045\u00df\u00a3")),
          known(Container.AIFF, at(0, "FORM"), at(8, "AIFF")),
          known(Container.AIFF, at(0, "FORM"), at(8, "AIFC")),
          known(Container.CAF, at(0, "caff\0")),
          known(Container.AU, at(0, ".snd")),
          known(Container.AMR, at(0, "#!AMR")),
          known(Container.ASF, at(0, "\u0030\u0026\u00b2\u0075\u008e\u0066\u00cf\u0011")),
          known(Container.WAVPACK, at(0, "wvpk")),
          known(Container.MONKEYS_AUDIO, at(0, "MAC ")),
          known(Container.TTA, at(0, "TTA1")),
          known(Container.AVI, at(0, "RIFF"), at(8, "AVI ")),
          refused("a picture, not sound", at(0, "RIFF"), at(8, "WEBP")),
          refused("a picture, not sound", at(0, "\u0089PNG")),
          refused("a picture, not sound", at(0, "\u00ff\u00d8\u00ff")),
          refused("a picture, not sound", at(0, "GIF8")),
          refused("a picture, not sound", at(0, "II*\0")),
          refused("a picture, not sound", at(0, "MM\0*")),
          refused("a MIDI file: it holds notes, not sound", at(0, "MThd")),
          refused("a MIDI file: it holds notes, not sound", at(0, "RIFF"), at(8, "RMID")),
          refused("a PDF document, not sound", at(0, "%PDF")),
          refused("an archive; unpack it first", at(0, "PK\u0003\u0004")),
          refused("an archive; unpack it first", at(0, "\u001f\u008b")),
          refused("an archive; unpack it first", at(0, "7z\u00bc\u00af")),
          refused("an archive; unpack it first", at(0, "Rar!")));

  private ContainerSniffer() {}

  /** Looks at the start of an open file; moves the channel's position. */
  public static Sniffed sniff(SeekableByteChannel file) throws IOException {
    if (file.size() == 0) {
      return new Sniffed.Refused("empty (0 bytes)");
    }
    byte[] head = FileBytes.read(file, 0, HEAD_BYTES);
    for (Rule rule : RULES) {
      if (rule.matches(head)) {
        return rule.result();
      }
    }
    Optional<String> text = TextKind.of(head);
    if (text.isPresent()) {
      return new Sniffed.Refused(text.get());
    }
    long start = MpegFrames.afterId3(file);
    byte[] body = start == 0 ? head : FileBytes.read(file, start, HEAD_BYTES);
    if (start > 0 && at(0, "fLaC").matches(body)) {
      return new Sniffed.Known(Container.FLAC);
    }
    return MpegFrames.container(body)
        .<Sniffed>map(Sniffed.Known::new)
        .orElseGet(() -> new Sniffed.Refused(unknown(head, start)));
  }

  /** Looks at the first bytes of what cannot be seeked in. */
  static Sniffed sniff(byte[] head) {
    if (head.length == 0) {
      return new Sniffed.Refused("empty (0 bytes)");
    }
    for (Rule rule : RULES) {
      if (rule.matches(head)) {
        return rule.result();
      }
    }
    if (at(0, "G").matches(head) && at(TS_BYTES, "G").matches(head)) {
      return new Sniffed.Known(Container.MPEG_TS);
    }
    if (at(0, "ID3").matches(head)) {
      return new Sniffed.Known(Container.MP3);
    }
    Optional<String> text = TextKind.of(head);
    return text.isPresent()
        ? new Sniffed.Refused(text.get())
        : MpegFrames.container(head)
            .<Sniffed>map(Sniffed.Known::new)
            .orElseGet(() -> new Sniffed.Refused(unknown(head, 0)));
  }

  private static String unknown(byte[] head, long start) {
    if (start > 0) {
      return "not sound that can be read: an ID3 tag without sound behind it";
    }
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(8, head.length); i++) {
      hex.append(i == 0 ? "" : " ").append(String.format("%02x", head[i]));
    }
    return "not sound in any format known here (its first bytes are " + hex + ")";
  }

  private static Magic at(int offset, String bytes) {
    return new Magic(offset, bytes);
  }

  private static Rule known(Container container, Magic... magics) {
    return new Rule(new Sniffed.Known(container), magics);
  }

  private static Rule refused(String what, Magic... magics) {
    return new Rule(new Sniffed.Refused(what), magics);
  }
}
