package org.sonograph.signal.seam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.Signals;
import org.sonograph.signal.loudness.LevelFollower;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.loudness.SourceLevel;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.RedReading;
import org.sonograph.signal.reading.TapeMix;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

class SeamJoinTest {
  private static final SpectrogramProfile TAPE = SpectrogramProfile.TAPE;
  private static final ChunkGrid GRID = TAPE.grid();
  private static final Inversion INVERSION = TAPE.inversion(-8);
  private static final int OVERLAP = GRID.overlapSamples();
  private static final int STEP = (int) GRID.startSample(1);
  private static final int POINT = 480;

  /** Two readings of six seconds and their join: made once for two tests. */
  private static final Sound SINE_440 = joined(sinePictures(440), SeamJoin.ITERATIONS);

  /** One picture after the other, read, levelled and joined. */
  private static Sound joined(List<Picture> pictures, int iterations) {
    Sound track = null;
    Sound last = null;
    int context = SeamJoin.contextSamples(INVERSION);
    for (int k = 0; k < pictures.size(); k++) {
      TrackPosition place = new TrackPosition("take", GRID.startSample(k), 512 * 576, 48_000);
      Sound raw =
          new RedReading()
              .read(new ReadingRequest(pictures.get(k), INVERSION, place, new TreeMap<>()))
              .sound();
      Sound sound = LevelFollower.follow(raw, SourceLevel.steady(-23), 0.5, -20);
      if (k > 0) {
        Seam seam =
            new Seam(
                last.slice(STEP - context, context + OVERLAP),
                sound.slice(0, OVERLAP + context),
                OVERLAP);
        SeamArt art =
            new SeamArt(
                pictures.get(k - 1).columns(448, 64),
                pictures.get(k).columns(0, 64),
                INVERSION,
                TapeMix.of("red", Colour.GREY).orElseThrow());
        track =
            track
                .then(SeamJoin.join(seam, art, iterations))
                .then(sound.slice(OVERLAP, STEP - OVERLAP));
      } else {
        track = sound.slice(0, STEP);
      }
      last = sound;
    }
    return track.then(last.slice(STEP, OVERLAP));
  }

  private static List<Picture> sinePictures(double hz) {
    int n = STEP + 512 * 576;
    float[] sine = Signals.sine(48_000, hz, 0.3, n);
    Picture[] out = new Picture[2];
    for (int k = 0; k < 2; k++) {
      int from = Math.max(0, k * STEP - 2048);
      Sound piece =
          Sound.mono(
              48_000, Arrays.copyOfRange(sine, from, Math.min(n, k * STEP + 512 * 576 + 2048)));
      out[k] = TapeSpectrogram.picture(piece, k * STEP - from, 512 * 576, INVERSION);
    }
    return List.of(out);
  }

  private static double ripple(float[] curve, int from, int until) {
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (int i = from / POINT; i < until / POINT; i++) {
      low = Math.min(low, curve[i]);
      high = Math.max(high, curve[i]);
    }
    return high - low;
  }

  @ParameterizedTest
  @ValueSource(doubles = {440, 97.3})
  void letsASteadySineRippleNoMoreThanInsideAPicture(double hz) {
    Sound track = hz == 440 ? SINE_440 : joined(sinePictures(hz), SeamJoin.ITERATIONS);
    float[] curve = LoudnessMeter.momentaryLufs(48_000, track.channels(), POINT);
    double inside = ripple(curve, 19_200, STEP - 9600);
    double across = ripple(curve, STEP - 9600, STEP + OVERLAP + 9600);
    assertThat(across).isLessThan(inside + 0.5);
  }

  @Test
  void leavesNoLevelStepBetweenBlackGreyAndWhite() {
    List<Picture> pictures =
        List.of(
            Signals.flat(512, 512, 0), Signals.flat(512, 512, 128), Signals.flat(512, 512, 255));
    Sound track = joined(pictures, SeamJoin.ITERATIONS);
    float[] curve = LoudnessMeter.momentaryLufs(48_000, track.channels(), POINT);
    int first = 2 * STEP - 24_000;
    int last = 2 * STEP + OVERLAP + 24_000;
    for (int i = first / POINT; i < last / POINT; i++) {
      assertThat(curve[i]).as("grey to white at %d ms", i * 10).isCloseTo(-20f, within(1f));
    }
    // out of black the sound rises over the overlap, never at once: less than 6 dB in 50 ms once it
    // is heard
    for (int i = STEP / POINT + 10; i < (STEP + OVERLAP) / POINT; i++) {
      if (curve[i] > -50) {
        assertThat(curve[i + 5] - curve[i]).isLessThan(6f);
      }
    }
    for (int i = 0; i < STEP; i++) {
      assertThat(track.channels()[0][i]).isZero();
    }
  }

  @Test
  void doesNotClickAtTheEdgesOfAnOverlap() {
    float[] track = SINE_440.channels()[0];
    double inside = bend(track, 4096, STEP - 4096);
    assertThat(bend(track, STEP - 3, STEP + 3)).isLessThan(inside);
    assertThat(bend(track, STEP + OVERLAP - 3, STEP + OVERLAP + 3)).isLessThan(inside);
  }

  private static double bend(float[] x, int from, int until) {
    double most = 0;
    for (int i = from; i < until; i++) {
      most = Math.max(most, Math.abs(x[i - 1] - 2 * x[i] + x[i + 1]));
    }
    return most;
  }

  @Test
  void takesWhatContextThereIs() {
    List<Picture> pictures = sinePictures(440);
    Sound sound =
        Sound.stereo(
            48_000,
            Signals.sine(48_000, 440, 0.1, OVERLAP),
            Signals.sine(48_000, 440, 0.1, OVERLAP));
    SeamArt art =
        new SeamArt(
            pictures.get(0).columns(448, 64),
            pictures.get(1).columns(0, 64),
            INVERSION,
            TapeMix.of("red", Colour.GREY).orElseThrow());
    Sound out = SeamJoin.join(new Seam(sound, sound, OVERLAP), art, 4);
    assertThat(out.length()).isEqualTo(OVERLAP);
    assertThat(out.peak()).isBetween(0.05f, 0.2f);
  }

  @Test
  void staysSilentBetweenSilentPictures() {
    Sound silence = Sound.silence(48_000, 2, OVERLAP + 4096);
    Picture black = Signals.flat(64, 512, 0);
    SeamArt art =
        new SeamArt(black, black, INVERSION, TapeMix.of("rgb-mean", Colour.GREY).orElseThrow());
    assertThat(SeamJoin.join(new Seam(silence, silence, OVERLAP), art, 4).peak()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.7, 1})
  void keepsThePowerEvenForAnyCorrelation(double rho) {
    float[] common = Signals.noise(1, 1, OVERLAP);
    float[] own = Signals.noise(2, 1, OVERLAP);
    float[] next = new float[OVERLAP];
    for (int i = 0; i < OVERLAP; i++) {
      next[i] = (float) (rho * common[i] + Math.sqrt(1 - rho * rho) * own[i]);
    }
    Seam seam = new Seam(Sound.mono(48_000, common), Sound.mono(48_000, next), OVERLAP);
    assertThat(Crossfade.correlation(seam)).isCloseTo(rho, within(0.02));
    float[] out = Crossfade.join(seam).channels()[0];
    double whole = Signals.rmsDb(common, 0, OVERLAP);
    for (int at = 0; at + 4000 < OVERLAP; at += 4000) {
      assertThat(Signals.rmsDb(out, at, at + 4000)).isCloseTo(whole, within(0.4));
    }
  }

  @Test
  void refusesAnOverlapLongerThanItsSounds() {
    assertThatThrownBy(
            () -> new Seam(Sound.silence(48_000, 1, 10), Sound.silence(48_000, 1, 20), 11))
        .hasMessageContaining("overlapSamples=11");
    assertThatThrownBy(
            () -> new Seam(Sound.silence(48_000, 1, 10), Sound.silence(48_000, 2, 20), 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
