package org.sonograph.signal.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sonograph.signal.Golden;
import org.sonograph.signal.Signals;

class WavCodecTest {

  private static SequencedMap<String, String> tags() {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("INAM", "Regen auf Blech – 雨");
    tags.put("ICOP", "CC0");
    return tags;
  }

  private static Sound noise(int channels) {
    float[][] out = new float[channels][];
    Arrays.setAll(out, c -> Signals.noise(c, 0.9, 1001));
    return new Sound(48_000, out);
  }

  @ParameterizedTest
  @EnumSource(SampleFormat.class)
  void readsBackWhatItWrites(SampleFormat format) {
    double step =
        switch (format) {
          case U8 -> 1 / 128.0;
          case S16 -> 1 / 32_768.0;
          case S24, S32 -> 1 / 8_388_608.0;
          default -> 0;
        };
    for (int channels : new int[] {1, 2, 3}) {
      Sound in = noise(channels);
      Sound out = WavCodec.decode(WavCodec.encode(in, format, tags()));
      assertThat(out.sampleRateHz()).isEqualTo(48_000);
      assertThat(out.channelCount()).isEqualTo(channels);
      assertThat(out.length()).isEqualTo(1001);
      for (int i = 0; i < 1001; i++) {
        assertThat(Math.abs(out.channels()[channels - 1][i] - in.channels()[channels - 1][i]))
            .isLessThanOrEqualTo((float) step);
      }
    }
  }

  @Test
  void clipsInsteadOfWrapping() {
    Sound loud = Sound.mono(8000, new float[] {1.5f, -1.5f, 1f, -1f, Float.NaN});
    for (SampleFormat format :
        new SampleFormat[] {
          SampleFormat.U8, SampleFormat.S16, SampleFormat.S24, SampleFormat.S32
        }) {
      float[] out = Sound.fromInterleaved(loud.interleaved(format), format, 1, 8000).channels()[0];
      assertThat(out[0]).isGreaterThan(0.99f);
      assertThat(out[1]).isEqualTo(-1f);
      assertThat(out[4]).isZero();
    }
  }

  @Test
  void readsTheGoldenSound() {
    Sound sound = Golden.sound("spectrograms/chord-48000-2ch.wav");
    assertThat(sound.length()).isEqualTo(120_000);
    assertThat(sound.channelCount()).isEqualTo(2);
  }

  @Test
  void placesSamplesAnywhereBehindTheHeader() {
    Sound sound = noise(2);
    WavHeader header = WavCodec.header(48_000, 2, SampleFormat.S24, sound.length(), tags());
    byte[] file = new byte[(int) header.fileBytes()];
    byte[] second = sound.slice(500, 501).interleaved(SampleFormat.S24);
    byte[] first = sound.slice(0, 500).interleaved(SampleFormat.S24);
    System.arraycopy(second, 0, file, (int) header.layout().offset(500), second.length);
    System.arraycopy(first, 0, file, (int) header.layout().offset(0), first.length);
    System.arraycopy(header.bytes(), 0, file, 0, header.bytes().length);
    assertThat(file).isEqualTo(WavCodec.encode(sound, SampleFormat.S24, tags()));
  }

  @Test
  void turnsIntoRf64BeyondFourGibibytesWithoutMovingASample() {
    long hours = 7L * 3600 * 48_000;
    WavHeader small = WavCodec.header(48_000, 2, SampleFormat.F32, 1000, tags());
    WavHeader large = WavCodec.header(48_000, 2, SampleFormat.F32, hours, tags());
    assertThat(new String(large.bytes(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RF64");
    assertThat(large.bytes()).hasSameSizeAs(small.bytes());
    WavLayout read = WavCodec.layout(large.bytes(), large.fileBytes());
    assertThat(read.samples()).isEqualTo(hours);
    assertThat(read).isEqualTo(large.layout());
  }

  @Test
  void skipsChunksItDoesNotKnowAndTheirPadding() {
    byte[] file = WavCodec.encode(noise(1), SampleFormat.S16, new LinkedHashMap<>());
    ByteBuffer odd = ByteBuffer.allocate(file.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    odd.put(file, 0, 12).put("bext".getBytes(StandardCharsets.US_ASCII)).putInt(7).put(new byte[8]);
    odd.put(file, 12, file.length - 12);
    assertThat(WavCodec.decode(odd.array())).isEqualTo(WavCodec.decode(file));
  }

  @Test
  void readsAsFarAsThereIsWhenTheSizeLies() {
    byte[] file = WavCodec.encode(noise(2), SampleFormat.S16, new LinkedHashMap<>());
    byte[] part = Arrays.copyOf(file, file.length - 401);
    assertThat(WavCodec.decode(part).length()).isEqualTo(1001 - 101);
    int data = (int) WavCodec.layout(file, file.length).dataOffset();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(data - 4, -1);
    assertThat(WavCodec.decode(file).length()).isEqualTo(1001);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(data - 4, 0).putInt(4, 0);
    assertThat(WavCodec.decode(file).length()).isEqualTo(1001);
  }

  @Test
  void failsOnlyInItsOwnWayOnDamagedHeaders() {
    byte[] file = WavCodec.encode(noise(2), SampleFormat.S24, tags());
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = Arrays.copyOf(file, i % 3 == 0 ? random.nextInt(file.length) : file.length);
      for (int k = 0; k < 3 && damaged.length > 0; k++) {
        damaged[random.nextInt(Math.min(150, damaged.length))] = (byte) random.nextInt();
      }
      try {
        assertThat(WavCodec.decode(damaged).length()).isLessThanOrEqualTo(6006);
      } catch (WavException e) {
        assertThat(e.getMessage()).contains("WAV");
      }
    }
  }

  @Test
  void saysWhatIsNoWav() {
    assertThatThrownBy(
            () -> WavCodec.decode("#EXTM3U\nhttp://somewhere/".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(WavException.class)
        .hasMessage("not a WAV file");
  }
}
