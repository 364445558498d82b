package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Sounds of pictures that go round. */
class LoopTest {
  private static final Inversion TAPE = small(SpectrogramProfile.TAPE.inversion(-20));
  private static final int LENGTH = TAPE.frames() * TAPE.hopSamples();

  /** As the profile's, but so small that it is read in no time. */
  private static Inversion small(Inversion i) {
    return new Inversion(
        i.profile(),
        i.sampleRateHz(),
        i.nFft(),
        i.hopSamples(),
        i.window(),
        i.axis(),
        i.lowHz(),
        i.highHz(),
        i.tiltDbPerOctave(),
        i.blackDb(),
        i.whiteDb(),
        160,
        128,
        160,
        i.bins(),
        i.colour());
  }

  /** Colourful rows whose brightness goes round once, evenly. */
  private static Picture art() {
    int width = TAPE.width();
    int height = TAPE.height();
    byte[] rgb = new byte[width * height * 3];
    Random random = new Random(5);
    for (int y = 0; y < height; y++) {
      int[] colour = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
      double turn = 2 * Math.PI * random.nextDouble();
      for (int x = 0; x < width; x++) {
        double light = 0.5 + 0.5 * Math.sin(2 * Math.PI * x / width + turn);
        for (int c = 0; c < 3; c++) {
          rgb[(y * width + x) * 3 + c] = (byte) (colour[c] * light * (y % 9 == 0 ? 1 : 0.1));
        }
      }
    }
    return Picture.rgb(width, height, rgb);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb-mean",
        "chirp",
        "additive",
        "voices",
        "bells",
        "scan",
        "grain",
        "inverse",
        "wavetable"
      })
  void goesRoundWithoutAClick(String reading) {
    Sound loop =
        new PictureDecoder().decodeRound(art(), TAPE, reading, new TreeMap<>(), Optional.empty());
    assertThat(loop.length()).isEqualTo(LENGTH);
    assertSmooth(loop);
  }

  @Test
  void aSourceThatFadesMakesNoStepWhereItBeginsAgain() {
    float[] fading = new float[64];
    for (int i = 0; i < fading.length; i++) {
      fading[i] = -14 - 0.4f * i;
    }
    int length = LENGTH / 2 + 77;
    ReadingRequest request =
        new ReadingRequest(
            art(), TAPE, new TrackPosition("t", 0, length, TAPE.sampleRateHz()), new TreeMap<>());
    var loudness =
        new PictureDecoder.Loudness(
            new SourceLevel(-20, fading, TAPE.sampleRateHz() / 10, TAPE.sampleRateHz()), 1, -20);
    Sound loop = new PictureDecoder().readRound("rgb-mean", request, loudness).sound();
    assertThat(loop.length()).isEqualTo(length);
    assertSmooth(loop);
  }

  @Test
  void aSoundWithALengthOfItsOwnDoesNotGoRound() {
    Inversion notebook = notebook();
    Picture art = Picture.grey(40, 30, new byte[1200]);
    assertThatThrownBy(
            () ->
                new PictureDecoder()
                    .decodeRound(art, notebook, "red", new TreeMap<>(), Optional.empty()))
        .hasMessageContaining("length of its own");
  }

  private static Inversion notebook() {
    SpectrogramProfile p = SpectrogramProfile.NOTEBOOK;
    return new Inversion(
        p.name(),
        24_000,
        p.nFft(),
        p.hopSamples(),
        p.window(),
        p.axis(),
        0,
        12_000,
        0,
        -80,
        0,
        40,
        30,
        40,
        30);
  }

  /** The steps of value and slope from the last sample to the first are among the inside's own. */
  private static void assertSmooth(Sound loop) {
    for (float[] s : loop.channels()) {
      int n = s.length;
      double step = Math.abs(s[0] - s[n - 1]);
      double bend = Math.abs(s[0] - 2 * s[n - 1] + s[n - 2]);
      double mostStep = 0;
      double mostBend = 0;
      for (int i = 2; i < n; i++) {
        mostStep = Math.max(mostStep, Math.abs(s[i] - s[i - 1]));
        mostBend = Math.max(mostBend, Math.abs(s[i] - 2 * s[i - 1] + s[i - 2]));
      }
      assertThat(mostStep).as("it sounds").isGreaterThan(1e-4);
      assertThat(step).as("step").isLessThanOrEqualTo(mostStep);
      assertThat(bend).as("bend").isLessThanOrEqualTo(mostBend);
    }
  }
}
