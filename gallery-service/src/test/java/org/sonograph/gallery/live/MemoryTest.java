package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.SetAside;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.sound.WavException;

@Timeout(30)
class MemoryTest {
  private static final OutputGrid GRID = new OutputGrid(2000);
  private static final double NOW = 1_700_000_000_000.0;

  @TempDir Path root;

  /** WAV in place of FLAC. */
  private static final MemoryFolder.SoundCodec WAV =
      new MemoryFolder.SoundCodec() {
        @Override
        public byte[] encode(Sound sound) {
          return WavCodec.encode(sound, SampleFormat.F32, new LinkedHashMap<>());
        }

        @Override
        public Sound decode(byte[] file) throws IOException {
          try {
            return WavCodec.decode(file);
          } catch (WavException e) {
            throw new IOException(e.getMessage(), e);
          }
        }
      };

  private MemoryFolder folder() {
    return new MemoryFolder(root.resolve("foyer"), WAV, Duration.ofSeconds(60));
  }

  private static Sound sine(double fromSeconds, double seconds) {
    float[] samples = new float[GRID.frames(seconds)];
    for (int i = 0; i < samples.length; i++) {
      double t = (double) (GRID.frames(fromSeconds) + i) / GRID.rateHz();
      samples[i] = (float) LiveSounds.sine(50).applyAsDouble(t);
    }
    return new Sound(GRID.rateHz(), new float[][] {samples, samples.clone()});
  }

  private static void await(Memory memory, long frames) {
    while (memory.ahead() < frames) {
      Thread.onSpinWait();
    }
  }

  @Test
  void keepsSoMuchAndNoMore() throws Exception {
    for (int i = 0; i < 5; i++) {
      folder().write((long) NOW + i * 20_000, i > 0, sine(20 * i, 1));
    }
    assertThat(folder().pieces()).hasSize(3);
    assertThat(folder().pieces().getFirst().file().getFileName())
        .hasToString("1700000040000-on.flac");
    folder().clear();
    assertThat(root.resolve("foyer")).doesNotExist();
  }

  @Test
  void streamsThatPlayedAtTheEndAreKnownHoweverLongAgoThatIs() throws Exception {
    LiveMemory memory =
        new LiveMemory(root, new ChunkFlac(FFmpegSettings.defaults()), Duration.ofSeconds(60));
    assertThat(memory.streams(Duration.ofDays(1))).isEmpty();
    folder().write((long) NOW, false, sine(0, 1));
    Path other = Files.createDirectories(root.resolve("earlier"));
    Path old = Files.write(other.resolve("1600000000000.flac"), new byte[1]);
    Instant then = Instant.parse("2024-05-01T12:00:00Z");
    Files.setLastModifiedTime(
        folder().pieces().getFirst().file(), FileTime.from(then.plus(Duration.ofDays(2))));
    Files.setLastModifiedTime(old, FileTime.from(then));
    assertThat(memory.streams(Duration.ofDays(1))).containsExactly("foyer");
    assertThat(memory.streams(Duration.ofDays(3))).containsExactly("earlier", "foyer");
  }

  @Test
  void setsAsideWhatCannotBeRead() throws Exception {
    folder().write((long) NOW, false, sine(0, 1));
    Path file = folder().pieces().getFirst().file();
    Files.write(file, new byte[] {1, 2, 3});
    assertThat(folder().read(folder().pieces().getFirst())).isEmpty();
    assertThat(folder().pieces()).isEmpty();
    assertThat(SetAside.in(root))
        .singleElement(InstanceOfAssertFactories.PATH)
        .satisfies(path -> assertThat(path.toString()).startsWith(file + ".set-aside-"));
  }

  @Test
  void filesThatGoOnAreHeardAsOneAndRoundAgainWithoutAClick() throws Exception {
    folder().write((long) NOW, false, sine(0, 3));
    folder().write((long) NOW + 3000, true, sine(3, 3));
    try (MemoryReader reader = new MemoryReader(GRID, folder())) {
      float[][] block = new float[2][GRID.blockFrames()];
      float[] heard = new float[GRID.frames(15)];
      for (int at = 0; at < heard.length; at += block[0].length) {
        await(reader, block[0].length);
        reader.read(block);
        System.arraycopy(block[0], 0, heard, at, block[0].length);
      }
      for (int i = 0; i < GRID.frames(5.8); i++) {
        assertThat((double) heard[i])
            .isEqualTo((float) LiveSounds.sine(50).applyAsDouble((double) i / GRID.rateHz()));
      }
      double worst = 0;
      for (int i = 1; i < heard.length - 1; i++) {
        worst = Math.max(worst, Math.abs(heard[i + 1] - 2 * heard[i] + heard[i - 1]));
      }
      assertThat(worst).isLessThan(1.5 * LiveSounds.roughness(50, GRID.rateHz()));
    }
  }

  @Test
  void shortFilesAreEnoughToGoOn() throws Exception {
    for (int i = 0; i < 4; i++) {
      folder().write((long) NOW + 20_000 * i, false, sine(0, 0.3));
    }
    try (MemoryReader reader = new MemoryReader(GRID, folder())) {
      await(reader, GRID.frames(5));
      LivePlayer player = new LivePlayer(GRID, ms -> {}, reader);
      Recording out = new Recording(player, GRID, NOW);
      out.run(20, block -> await(reader, GRID.frames(3)));
      assertThat(player.state().kind()).isEqualTo(Source.Kind.MEMORY);
      assertThat(out.quietest(1, 0.05)).isGreaterThan(0.05);
    }
  }

  @Test
  void isHeardUntilThereIsNewSoundAndAgainWhenThatRepeatsForLong() throws Exception {
    folder().write((long) NOW - 90_000, false, sine(0, 20));
    folder().write((long) NOW - 70_000, true, sine(20, 20));
    try (MemoryReader reader = new MemoryReader(GRID, folder())) {
      LivePlayer player = new LivePlayer(GRID, ms -> {}, reader);
      Recording out = new Recording(player, GRID, NOW);
      LiveSounds main = LiveSounds.main(GRID.rateHz(), NOW + 5000, LiveSounds.sine(50));
      player.put(main.piece(0));
      player.put(main.piece(1));
      await(reader, GRID.frames(2));
      out.run(4.5, block -> await(reader, GRID.frames(1.5)));
      assertThat(player.state().kind()).isEqualTo(Source.Kind.MEMORY);
      out.run(1);
      assertThat(player.state().kind()).isEqualTo(Source.Kind.LIVE);
      out.run(30);
      assertThat(player.state().kind()).isEqualTo(Source.Kind.REPEAT);
      out.run(40, block -> await(reader, GRID.frames(1.5)));
      assertThat(player.state().kind()).isEqualTo(Source.Kind.MEMORY);
      assertThat(out.quietest(1, 0.05)).isGreaterThan(0.05);
      assertThat(out.roughness(0.1)).isLessThan(1.5 * LiveSounds.roughness(50, GRID.rateHz()));
    }
  }

  @Test
  void recordsWhatIsHeardOfTakesInFilesThatGoOn() throws Exception {
    MemoryFolder folder = folder();
    long[] wall = {(long) NOW};
    try (MemoryRecorder recorder = new MemoryRecorder(GRID, folder, () -> wall[0])) {
      for (int b = 0; b < 4500; b++) {
        Source.Kind kind = b < 4300 ? Source.Kind.LIVE : Source.Kind.REPEAT;
        float[][] mixed = sine(b / 100.0, 0.01).channels();
        recorder.block(
            new LiveBlock(new float[2][20], mixed, Map.of(), kind, Heard.ofNoTake(kind)));
        wall[0] += 10;
      }
      List<MemoryFolder.Piece> pieces = folder.pieces();
      while (pieces.size() < 3) {
        Thread.onSpinWait();
        pieces = folder.pieces();
      }
      assertThat(pieces.stream().map(MemoryFolder.Piece::goesOn))
          .containsExactly(false, true, true);
      assertThat(folder.read(pieces.get(1)).orElseThrow()).isEqualTo(sine(20, 20));
      assertThat(folder.read(pieces.get(2)).orElseThrow().length()).isEqualTo(GRID.frames(3));
    }
  }
}
