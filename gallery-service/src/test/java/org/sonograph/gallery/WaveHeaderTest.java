package org.sonograph.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sonograph.runtime.provenance.DigitalSource;
import org.sonograph.signal.sound.SampleFormat;

class WaveHeaderTest {
  private static final SoundLabel LABEL =
      new SoundLabel(
          "Title", "Artist", "CC0", "Comment", DigitalSource.TRAINED_MODEL, "", "1958/3");

  /** Chunks by name: the position of their content; the last of equal names counts. */
  private static Map<String, Integer> chunks(ByteBuffer head) {
    Map<String, Integer> chunks = new LinkedHashMap<>();
    int at = 12;
    while (at + 8 <= head.capacity()) {
      chunks.put(tag(head, at), at + 8);
      int size = head.getInt(at + 4);
      if (tag(head, at).equals("data")) {
        break;
      }
      at += 8 + size + (size & 1);
    }
    return chunks;
  }

  private static String tag(ByteBuffer head, int at) {
    return new String(head.array(), at, 4, StandardCharsets.US_ASCII);
  }

  private static ByteBuffer head(SampleFormat format, long samples) {
    return ByteBuffer.wrap(
            new WaveHeader(format, 2, 48_000, LABEL, "ab12", WaveHeader.Ends.STOP).bytes(samples))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @EnumSource(
      value = SampleFormat.class,
      names = {"S16", "S24", "F32"})
  void theChunksFollowEachOtherUpToTheSound(SampleFormat format) {
    Map<String, Integer> chunks = chunks(head(format, 1000));
    assertThat(chunks).containsKeys("fmt ", "LIST", "_PMX", "data");
    assertThat(chunks.get("data")).isEqualTo(WaveHeader.BYTES);
  }

  @Test
  void theSizesAreThoseOfTheSound() {
    ByteBuffer head = head(SampleFormat.S16, 1000);
    assertThat(head.getInt(4)).isEqualTo(WaveHeader.BYTES - 8 + 4000);
    assertThat(head.getInt(WaveHeader.BYTES - 4)).isEqualTo(4000);
  }

  @Test
  void beyondFourGibibytesTheSizesAreRf64s() {
    long samples = 600_000_000L;
    ByteBuffer head = head(SampleFormat.F32, samples);
    assertThat(tag(head, 0)).isEqualTo("RF64");
    assertThat(head.getInt(4)).isEqualTo(-1);
    int ds64 = chunks(head).get("ds64");
    assertThat(head.getLong(ds64)).isEqualTo(WaveHeader.BYTES - 8 + samples * 8);
    assertThat(head.getLong(ds64 + 8)).isEqualTo(samples * 8);
    assertThat(head.getLong(ds64 + 16)).isEqualTo(samples);
    assertThat(head.getInt(WaveHeader.BYTES - 4)).isEqualTo(-1);
  }

  @Test
  void theLongestLabelFits() {
    String longest = "\u96e8&".repeat(2000);
    SoundLabel label =
        new SoundLabel(
            longest, longest, longest, longest, DigitalSource.TRAINED_MODEL, longest, longest);
    assertThat(
            new WaveHeader(SampleFormat.F32, 2, 48_000, label, "ab12", WaveHeader.Ends.STOP)
                .bytes(1))
        .hasSize(WaveHeader.BYTES);
  }

  @Test
  void aSoundThatGoesRoundHasLoopPointsFromItsFirstToItsLastSample() {
    ByteBuffer head =
        ByteBuffer.wrap(
                new WaveHeader(SampleFormat.S16, 2, 48_000, LABEL, "ab12", WaveHeader.Ends.LOOP)
                    .bytes(294_912))
            .order(ByteOrder.LITTLE_ENDIAN);
    int smpl = chunks(head).get("smpl");
    assertThat(head.getInt(smpl + 8)).as("sample period, ns").isEqualTo(20_833);
    assertThat(head.getInt(smpl + 28)).as("loops").isEqualTo(1);
    assertThat(head.getInt(smpl + 36 + 8)).as("first sample").isZero();
    assertThat(head.getInt(smpl + 36 + 12)).as("last sample").isEqualTo(294_911);
    assertThat(head(SampleFormat.S16, 1000))
        .satisfies(h -> assertThat(chunks(h)).doesNotContainKey("smpl"));
  }

  @Test
  void archivesReadWhatItIsAndHowItWasCoded() {
    SoundLabel label =
        new SoundLabel("Žluť", "Artist", "CC0", "Made, by machine", DigitalSource.TRAINED_MODEL);
    ByteBuffer head =
        ByteBuffer.wrap(
                new WaveHeader(SampleFormat.S24, 2, 48_000, label, "ab12", WaveHeader.Ends.STOP)
                    .bytes(10))
            .order(ByteOrder.LITTLE_ENDIAN);
    int bext = chunks(head).get("bext");
    assertThat(text(head, bext, 256)).isEqualTo("Zlut. Made, by machine");
    assertThat(text(head, bext + 256, 32)).as("originator").isEqualTo("Sonograph");
    assertThat(text(head, bext + 288, 32)).as("its reference").isEqualTo("ab12");
    assertThat(text(head, bext + 320, 18)).as("no times").isEmpty();
    assertThat(head.getLong(bext + 338)).as("time reference").isZero();
    assertThat(head.getShort(bext + 346)).as("version").isEqualTo((short) 1);
    assertThat(text(head, bext + 602, head.getInt(bext - 4) - 602))
        .isEqualTo("A=PCM,F=48000,W=24,M=stereo,T=Sonograph; Made; by machine\r\n");
  }

  private static String text(ByteBuffer head, int at, int bytes) {
    return new String(head.array(), at, bytes, StandardCharsets.US_ASCII).replace("\0", "");
  }
}
