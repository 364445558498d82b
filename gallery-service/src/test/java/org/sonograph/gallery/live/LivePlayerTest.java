package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LivePlayerTest {
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final int RATE = GRID.rateHz();
  private static final double NOW = 1_700_000_000_000.0;
  private static final double LEVEL = LiveSounds.AMPLITUDE / Math.sqrt(2);

  /** What a crossfade of two sines may add to their own second difference. */
  private static final double FADE_SHARE = 1.5;

  private final List<Long> freshness = new ArrayList<>();
  private final LivePlayer player = new LivePlayer(GRID, freshness::add);
  private final Recording out = new Recording(player, GRID, NOW);
  private final LiveSounds main = LiveSounds.main(RATE, NOW + 500, LiveSounds.sine(440));
  private final LiveSounds standIn = main.as("stand-in", true);

  private void putAll(LiveSounds take, int chunks) {
    for (int c = 0; c < chunks; c++) {
      player.put(take.piece(c));
    }
  }

  /** Largest difference between what was heard and what is due, over a stretch of seconds. */
  private double worst(LiveSounds take, double from, double to) {
    double worst = 0;
    for (int i = GRID.frames(from); i < GRID.frames(to); i++) {
      float due = (float) take.wave().applyAsDouble((i - RATE / 2) / (double) RATE);
      worst = Math.max(worst, Math.abs(out.at(i) - due));
    }
    return worst;
  }

  @Test
  void placesEverySampleWhenItIsDue() {
    putAll(main, 3);
    out.run(3);
    assertThat(worst(main, 0.6, 2.5)).isZero();
  }

  @Test
  void isSilentBeforeAnythingIsDue() {
    putAll(main, 1);
    out.run(0.49);
    assertThat(out.roughness(0)).isZero();
    assertThat(player.state().kind()).isEqualTo(Source.Kind.SILENCE);
  }

  @Test
  void playsTheStandInWhereTheMainTakeIsLateAndGoesBack() {
    LiveSounds other = standIn.sounding(LiveSounds.sine(660));
    putAll(other, 6);
    List<Source.Kind> kinds = new ArrayList<>();
    out.run(
        6,
        block -> {
          // chunk 2 comes half a second too late, chunk 3 never
          if (block == 0 || block == 1 || block == 300) {
            player.put(main.piece(block == 300 ? 2 : block));
          }
          if (block == 320) {
            player.put(main.piece(4));
            player.put(main.piece(5));
          }
          kinds.add(player.state().kind());
        });
    assertThat(kinds.get(200)).isEqualTo(Source.Kind.LIVE);
    assertThat(kinds.get(290)).isEqualTo(Source.Kind.STAND_IN);
    assertThat(kinds.get(400)).isEqualTo(Source.Kind.STAND_IN);
    assertThat(kinds.get(500)).isEqualTo(Source.Kind.LIVE);
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(660, RATE));
    assertThat(out.quietest(0.6, 0.005)).isGreaterThan(0.5 * LEVEL);
  }

  @Test
  void aSineIsNotEvenDentedWhereBothTakesPlayIt() {
    putAll(standIn, 5);
    player.put(main.piece(0));
    player.put(main.piece(2));
    player.put(main.piece(4));
    out.run(5);
    assertThat(worst(main, 1, 4.9)).isLessThan(1e-5);
  }

  @Test
  void repeatsWhatWasHeardWhereNothingComes() {
    putAll(main, 2);
    out.run(20);
    assertThat(player.state().kind()).isEqualTo(Source.Kind.REPEAT);
    assertThat(player.state().bufferSeconds()).isZero();
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
    assertThat(out.quietest(0.6, 0.005)).isGreaterThan(0.5 * LEVEL);
  }

  @Test
  void becomesQuieterAfterAWhileOfRepeatingAndNeverSilent() {
    putAll(main, 2);
    out.run(180);
    assertThat(out.quietest(100, 1)).isCloseTo(LEVEL / 4, within(0.05 * LEVEL));
    assertThat(out.quietest(20, 0.01)).isGreaterThan(LEVEL / 8);
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
  }

  @Test
  void goesOnLiveAfterAnOutage() {
    putAll(main, 2);
    out.run(30);
    for (int c = 31; c < 36; c++) {
      player.put(main.piece(c));
    }
    out.run(4);
    assertThat(player.state().kind()).isEqualTo(Source.Kind.LIVE);
    assertThat(out.at(33 * RATE))
        .isEqualTo((float) main.wave().applyAsDouble((33 * RATE - RATE / 2) / (double) RATE));
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
  }

  @Test
  void aPieceThatComesAfterItsTimeIsRepeatedInsteadOfAnOlderOne() {
    LiveSounds later = main.sounding(t -> t < 2 ? 0.3 * Math.sin(880 * Math.PI * t) : 0.01);
    putAll(later, 2);
    out.run(5);
    assertThat(out.quietest(4.5, 0.1)).isGreaterThan(0.5 * LEVEL);
    player.put(later.piece(2));
    out.run(0.5);
    assertThat(player.state().kind()).isEqualTo(Source.Kind.REPEAT);
    assertThat(out.quietest(5.2, 0.1)).isLessThan(0.011);
  }

  @Test
  void ignoresWhatComesTwice() {
    assertThat(player.put(main.piece(0))).isTrue();
    assertThat(player.put(main.piece(0))).isFalse();
    assertThat(player.put(main.sounding(t -> 0.9).piece(0))).isFalse();
    out.run(1);
    assertThat(out.roughness(0)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
  }

  @Test
  void aFailureOfTheMainTakeIsHeardAsItsStandIn() {
    putAll(standIn, 4);
    player.put(main.piece(0));
    player.put(main.failure(1));
    player.put(main.piece(2));
    out.run(1.9);
    assertThat(player.state().kind()).isEqualTo(Source.Kind.STAND_IN);
    out.run(1);
    assertThat(player.state().kind()).isEqualTo(Source.Kind.LIVE);
    assertThat(out.quietest(0.6, 0.005)).isGreaterThan(0.9 * LEVEL);
  }

  @Test
  void aNewTakeIsHeardFromItsBeginningOn() {
    putAll(main, 4);
    LiveSounds next = main.as("next", false).beginning(NOW + 2000).sounding(LiveSounds.sine(660));
    putAll(next, 2);
    out.run(3);
    assertThat(out.at(2 * RATE + RATE / 2)).isEqualTo((float) next.wave().applyAsDouble(0.5));
    assertThat(out.at(2 * RATE - RATE / 100)).isEqualTo((float) main.wave().applyAsDouble(1.49));
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(660, RATE));
  }

  @Test
  void theEarlierTakeFillsInUntilTheNewOneHasSound() {
    putAll(main, 4);
    LiveSounds next = main.as("next", false).beginning(NOW + 2000);
    player.put(next.piece(1));
    out.run(2.5);
    assertThat(player.state().take()).isEqualTo("main");
    out.run(1);
    assertThat(player.state().take()).isEqualTo("next");
    assertThat(out.quietest(0.6, 0.005)).isGreaterThan(0.5 * LEVEL);
  }

  @Test
  void readingsOfAnEarlierTakeFadeAway() {
    putAll(main, 3);
    LivePiece.About two =
        new LivePiece.About("next", false, List.of("voices", "bells"), "rain", "");
    LiveSounds next = new LiveSounds(two, RATE, NOW + 2000, RATE, LiveSounds.sine(440));
    for (String reading : two.readings()) {
      player.put(renamed(next.piece(0), reading));
    }
    out.run(2.2);
    assertThat(player.readings()).containsExactly("voices", "bells");
    player.mix(Map.of("voices", 0.0, "bells", 0.0));
    out.run(0.5);
    assertThat(out.quietest(2.5, 0.1)).as("only what is wanted is heard").isZero();
  }

  @Test
  void aReadingThatIsTakenAwayGoesOnUntilTheNewTakeHasSound() {
    putAll(main, 3);
    LivePiece.About bells = new LivePiece.About("next", false, List.of("bells"), "rain", "");
    LiveSounds next = new LiveSounds(bells, RATE, NOW + 2000, RATE, LiveSounds.sine(440));
    out.run(1.5);
    player.put(renamed(next.piece(1), "bells"));
    out.run(1);
    assertThat(player.readings()).containsExactly(LiveSounds.READING);
    out.run(1);
    assertThat(player.readings()).containsExactly("bells");
    assertThat(out.quietest(0.6, 0.005)).isGreaterThan(0.5 * LEVEL);
  }

  private static LivePiece renamed(LivePiece piece, String reading) {
    return new LivePiece(
        piece.about(),
        piece.chunk(),
        reading,
        piece.rateHz(),
        piece.startSample(),
        piece.samples(),
        piece.sound(),
        piece.time());
  }

  @Test
  void levelsPanicAndVolumeNeverClick() {
    putAll(main, 8);
    out.run(
        7,
        block -> {
          switch (block) {
            case 150 -> player.volume(0.25);
            case 250 -> player.volume(1);
            case 300 -> player.mix(Map.of(LiveSounds.READING, 0.5));
            case 400 -> player.panic(true);
            case 650 -> player.panic(false);
            default -> {}
          }
        });
    assertThat(Math.abs(out.at(640 * GRID.blockFrames()))).isZero();
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
    assertThat(player.isPanic()).isFalse();
  }

  @Test
  void fadesToSilenceWhenItsHoursEndAndExpectsNoSoundThen() {
    putAll(main, 25);
    player.hour(1);
    out.run(
        25,
        block -> {
          if (block == 200) {
            player.hour(0);
          }
        });
    double tenSeconds = 12.2;
    assertThat(Math.abs(out.at(GRID.frames(tenSeconds)))).isZero();
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
    assertThat(player.isMuted()).isTrue();
    assertThat(player.volume()).isEqualTo(1);
  }

  @Test
  void isSilentAtOnceWhereItBeginsOutsideItsHours() {
    putAll(main, 3);
    player.hour(0);
    out.run(2);
    for (float sample : out.samples()) {
      assertThat(sample).isZero();
    }
  }

  @Test
  void weighsQuietHoursByTheVolume() {
    putAll(main, 30);
    player.volume(0.5);
    player.hour(0.5);
    out.run(3);
    float most = 0;
    for (int i = GRID.frames(2); i < GRID.frames(3); i++) {
      most = Math.max(most, Math.abs(out.at(i)));
    }
    assertThat(most).isCloseTo((float) (LiveSounds.AMPLITUDE / 4), within(0.001f));
    assertThat(player.isMuted()).isFalse();
  }

  @Test
  void nothingLeavesAboveTheCeiling() {
    putAll(main.sounding(t -> 1.4 * Math.sin(880 * Math.PI * t)), 3);
    out.run(3);
    float most = 0;
    for (float v : out.samples()) {
      most = Math.max(most, Math.abs(v));
    }
    assertThat(most).isLessThan(0.8915f).isGreaterThan(0.8f);
  }

  @Test
  void leapsWithoutAClickWhenTheWallClockIsSet() {
    putAll(main, 30);
    out.run(3);
    Recording after = new Recording(player, GRID, NOW + 13_000);
    after.run(3);
    assertThat(after.roughness(0)).isLessThan(FADE_SHARE * LiveSounds.roughness(440, RATE));
    assertThat(after.at(2 * RATE)).isEqualTo((float) main.wave().applyAsDouble(14.5));
    assertThat(after.quietest(0, 0.005)).isGreaterThan(0.5 * LEVEL);
  }

  @Test
  void playsATakeOfAnotherRate() {
    LiveSounds low = LiveSounds.main(24_000, NOW + 500, LiveSounds.sine(440));
    putAll(low, 3);
    out.run(3);
    assertThat(worst(low, 1, 2)).isLessThan(1e-4);
  }

  @Test
  void neverStopsHoweverPiecesCome() {
    Random random = new Random(7);
    putAll(main, 2);
    List<Runnable> pieces = new ArrayList<>();
    List<Integer> when = new ArrayList<>();
    for (int c = 2; c < 60; c++) {
      int chunk = c;
      for (LiveSounds take : List.of(main, standIn.sounding(LiveSounds.sine(550)))) {
        if (random.nextInt(4) > 0) {
          pieces.add(
              () -> player.put(random.nextInt(6) == 0 ? take.failure(chunk) : take.piece(chunk)));
          when.add(50 + 100 * c - 200 + random.nextInt(400));
        }
      }
    }
    out.run(
        60,
        block -> {
          for (int i = 0; i < when.size(); i++) {
            if (when.get(i) == block) {
              pieces.get(i).run();
            }
          }
        });
    assertThat(player.frames(Source.Kind.REPEAT)).isPositive();
    assertThat(player.frames(Source.Kind.STAND_IN)).isPositive();
    // sines in opposite phase cancel for some milliseconds, which music does not
    assertThat(out.quietest(0.6, 0.01)).isGreaterThan(0.2 * LEVEL);
    assertThat(out.roughness(0.1)).isLessThan(FADE_SHARE * LiveSounds.roughness(550, RATE));
  }

  @Test
  void tellsHowFreshEachChunkIs() {
    LivePiece piece = main.piece(0);
    player.put(
        new LivePiece(
            piece.about(),
            0,
            piece.reading(),
            RATE,
            0,
            RATE,
            piece.sound(),
            new LivePiece.Time(main.beginMs(), (long) NOW - 4500, 6000)));
    out.run(1);
    assertThat(freshness).hasSize(1);
    assertThat(freshness.get(0)).isBetween(4990L, 5030L);
    assertThat(player.state().behindSeconds()).isEqualTo(6);
    assertThat(player.state().chunk()).isZero();
  }

  @Test
  void refusesWhatIsDueInAnHour() {
    out.run(0.01);
    assertThat(player.put(main.piece(4000))).isFalse();
    assertThat(Optional.of(player.put(main.piece(1)))).contains(true);
  }
}
