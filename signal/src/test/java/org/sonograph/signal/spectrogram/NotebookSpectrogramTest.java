package org.sonograph.signal.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Golden;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.NotebookSpectrogram.Part;

class NotebookSpectrogramTest {

  /** The project's bound is 0.5 % of pixels off by one; measured, none is. */
  @ParameterizedTest
  @ValueSource(strings = {"sweep-44100-2ch", "drums-22050-1ch", "chord-48000-2ch"})
  void equalsTorchaudioAndPillow(String name) {
    Sound sound = Golden.sound("spectrograms/" + name + ".wav");
    float[][] columns = NotebookSpectrogram.powerColumns(sound, 0, sound.length(), Part.WHOLE);
    PowerRange range = PowerRange.NONE.including(columns);
    Picture full = NotebookSpectrogram.full(List.of(columns), range);
    Picture expected = Golden.picture("spectrograms/" + name + ".full.png");
    int[] off = levelsOff(full, expected);
    assertThat(off.length).isLessThanOrEqualTo(2);
    // room for a logarithm that another processor rounds otherwise
    assertThat(off.length < 2 ? 0 : off[1]).isLessThan(full.samples().length / 2000);

    Picture resized = NotebookSpectrogram.resized(full);
    Picture expectedResized = Golden.picture("spectrograms/" + name + ".400x300.png");
    assertThat(levelsOff(resized, expectedResized).length).isLessThanOrEqualTo(2);

    Inversion inversion =
        NotebookSpectrogram.inversion(sound.sampleRateHz(), columns.length, range);
    JsonNode golden = entry(name);
    assertThat(inversion.blackDb()).isCloseTo(golden.get("db_min").asDouble(), Offset.offset(1e-4));
    assertThat(inversion.whiteDb()).isCloseTo(golden.get("db_max").asDouble(), Offset.offset(1e-4));
  }

  @Test
  void piecesGiveThePictureOfTheWhole() {
    Random random = new Random(3);
    for (int length : new int[] {1, 255, 256, 257, 1024, 5000, 5120, 5121}) {
      float[][] samples = new float[2][length];
      for (float[] channel : samples) {
        for (int i = 0; i < length; i++) {
          channel[i] = random.nextFloat() - 0.5f;
        }
      }
      Sound sound = new Sound(8000, samples);
      float[][] whole = NotebookSpectrogram.powerColumns(sound, 0, length, Part.WHOLE);
      List<float[]> pieces = new ArrayList<>();
      for (int start = 0; start < length; start += 1024) {
        int end = Math.min(length, start + 1024);
        int from = Math.max(0, start - 256);
        int to = Math.min(length, end + 256);
        boolean last = end == length;
        Sound piece = sound.slice(from, (last ? end : to) - from);
        pieces.addAll(
            List.of(
                NotebookSpectrogram.powerColumns(
                    piece, start - from, end - start, Part.of(start == 0, last))));
      }
      assertThat(pieces).as("length %d", length).hasSize(1 + length / 256);
      for (int i = 0; i < whole.length; i++) {
        assertThat(pieces.get(i)).containsExactly(whole[i], Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void silenceIsBlack() {
    Sound silence = Sound.silence(44_100, 2, 4096);
    float[][] columns = NotebookSpectrogram.powerColumns(silence, 0, 4096, Part.WHOLE);
    Picture full = NotebookSpectrogram.full(List.of(columns), PowerRange.NONE.including(columns));
    assertThat(full.samples()).containsOnly(0);
    assertThat(NotebookSpectrogram.resized(full).channels()).isEqualTo(3);
  }

  @Test
  void levelsAreThoseOfTheFormula() {
    PowerRange range = new PowerRange(1e-12f, 4000);
    PowerScale scale = new PowerScale(range);
    float low = 10 * (float) Math.log10(1e-12f + 1e-9f);
    float high = 10 * (float) Math.log10(4000 + 1e-9f);
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      float power = (float) Math.pow(10, random.nextDouble() * 15.6 - 12);
      float db = 10 * (float) Math.log10(power + 1e-9f);
      int expected = (int) ((db - low) / (high - low) * 255);
      assertThat(scale.level(power)).isEqualTo(expected);
    }
    assertThat(scale.level(4000)).isEqualTo(255);
    assertThat(scale.level(1e-12f)).isZero();
  }

  @Test
  void refusesAPieceWithoutContext() {
    assertThatThrownBy(
            () ->
                NotebookSpectrogram.powerColumns(Sound.silence(8000, 1, 512), 0, 512, Part.MIDDLE))
        .hasMessageContaining("contextBefore=0 (MIDDLE), expected at least 256");
  }

  /** How many pixels are 0, 1, 2... levels off. */
  private static int[] levelsOff(Picture found, Picture expected) {
    assertThat(found.width()).isEqualTo(expected.width());
    assertThat(found.height()).isEqualTo(expected.height());
    int[] counts = new int[256];
    int most = 0;
    for (int y = 0; y < found.height(); y++) {
      for (int x = 0; x < found.width(); x++) {
        int off = Math.abs(found.at(x, y, 0) - expected.at(x, y, 0));
        counts[off]++;
        most = Math.max(most, off);
      }
    }
    return java.util.Arrays.copyOf(counts, most + 1);
  }

  private static JsonNode entry(String name) {
    for (JsonNode entry : Golden.json("spectrograms/spectrograms.json")) {
      if (entry.get("wav").asText().startsWith(name)) {
        return entry;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
