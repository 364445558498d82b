package org.sonograph.runtime.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerSnifferTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "RIFF....WAVEfmt , WAV",
    "RF64....WAVEds64, WAV",
    "fLaC....22222222, FLAC",
    "OggS....22222222, OGG",
    "....ftypM4A 2222, MP4",
    "FORM....AIFC2222, AIFF",
    "FORM....AIFF2222, AIFF",
    ".snd....22222222, AU",
    "#!AMR.2222222222, AMR"
  })
  void knowsAContainerByItsFirstBytes(String head, Container expected) throws IOException {
    assertThat(sniff(head.replace('.', head.startsWith(".snd") ? '.' : '\0')))
        .isEqualTo(new Sniffed.Known(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#EXTM3U\\n/etc/passwd\\n | a playlist",
        "[playlist]\\nFile1=x | a playlist",
        "ffconcat version 1.0\\nfile x | a playlist",
        "other.wav\\nanother.wav\\n | text",
        "<!DOCTYPE html><p>hi | a web page",
        "<?xml version=\"1.0\"?><smil/> | an XML document",
        "GIF89a\\001\\002 | a picture",
        "MThd\\000\\000 | a MIDI file"
      })
  void refusesWhatIsNotSoundByName(String head, String what) throws IOException {
    String text = head.translateEscapes();
    assertThat(sniff(text))
        .isInstanceOfSatisfying(
            Sniffed.Refused.class, refused -> assertThat(refused.what()).startsWith(what));
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    assertThat(sniff("")).isEqualTo(new Sniffed.Refused("empty (0 bytes)"));
  }

  @Test
  void namesTheFirstBytesOfWhatItDoesNotKnow() throws IOException {
    assertThat(sniff(new byte[] {0, 1, 2, 3, (byte) 0xfe}))
        .isInstanceOfSatisfying(
            Sniffed.Refused.class,
            refused -> assertThat(refused.what()).contains("00 01 02 03 fe"));
  }

  @Test
  void findsAnMp3BehindAnId3TagOfAnySize() throws IOException {
    byte[] frames = mp3Frames(4);
    byte[] file = new byte[10 + 300_000 + frames.length];
    byte[] tag = {
      'I', 'D', '3', 4, 0, 0, 0, 300_000 >> 14, (byte) (300_000 >> 7 & 0x7f), 300_000 & 0x7f
    };
    System.arraycopy(tag, 0, file, 0, tag.length);
    System.arraycopy(frames, 0, file, 300_010, frames.length);
    assertThat(sniff(file)).isEqualTo(new Sniffed.Known(Container.MP3));
  }

  @Test
  void saysWhenAnId3TagHasNothingBehindIt() throws IOException {
    byte[] tag = Arrays.copyOf(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 1, 0}, 500);
    assertThat(sniff(tag))
        .isInstanceOfSatisfying(
            Sniffed.Refused.class, refused -> assertThat(refused.what()).contains("ID3"));
  }

  @Test
  void takesNoSingleSyncWordForAnMp3() throws IOException {
    byte[] noise = new byte[4000];
    noise[100] = (byte) 0xff;
    noise[101] = (byte) 0xfb;
    noise[102] = (byte) 0x90;
    assertThat(sniff(noise)).isInstanceOf(Sniffed.Refused.class);
  }

  /** 128 kbit/s, 44.1 kHz: 417 bytes a frame. */
  private static byte[] mp3Frames(int count) {
    byte[] bytes = new byte[417 * count];
    for (int i = 0; i < count; i++) {
      bytes[417 * i] = (byte) 0xff;
      bytes[417 * i + 1] = (byte) 0xfb;
      bytes[417 * i + 2] = (byte) 0x90;
    }
    return bytes;
  }

  private Sniffed sniff(String text) throws IOException {
    return sniff(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Sniffed sniff(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("sniffed"), bytes);
    try (FileChannel channel = FileChannel.open(file)) {
      return ContainerSniffer.sniff(channel);
    }
  }
}
