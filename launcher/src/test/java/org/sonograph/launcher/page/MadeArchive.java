package org.sonograph.launcher.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** Takes as a run leaves them, with tiny sounds and pictures, without a run. */
final class MadeArchive {
  static final String EVIL = "<script>alert(1)</script> & \"tide\"";
  private static final int RATE = 8000;
  private static final int PICTURES = 12;
  private static final List<String> SHELVES =
      List.of("1950/coast", "1950/hills", "1951", "night \"owls\"");
  private static final List<String> TITLES =
      List.of("Rain on tin", "Žluťoučký kůň", "海の波", "Tide", EVIL);

  private final Path folder;
  private final Path out;

  MadeArchive(Path folder) {
    this.folder = folder;
    this.out = folder.resolve("out");
  }

  Path out() {
    return out;
  }

  /** Lays out so many takes; each has a source, two readings and a scroll. */
  void fill(int takes) throws IOException {
    Path made = Files.createDirectories(folder.resolve("made"));
    for (int i = 0; i < PICTURES; i++) {
      Files.write(made.resolve(i + ".png"), picture(i));
      Files.write(made.resolve(i + ".wav"), sound(110 * (i + 2)));
    }
    for (int i = 0; i < takes; i++) {
      take(made, i);
    }
  }

  private void take(Path made, int i) throws IOException {
    String name = "rec-%05d".formatted(i);
    Path source = folder.resolve("recordings").resolve(SHELVES.get(i % SHELVES.size()));
    Files.createDirectories(source);
    Path file = source.resolve(name + ".wav");
    Files.createLink(file, made.resolve(i % PICTURES + ".wav"));
    Path take = Files.createDirectories(out.resolve(name));
    String id = "%020x".formatted(new Random(i).nextLong() >>> 1);
    String title = TITLES.get(i % TITLES.size()).replace("\"", "\\\"");
    Files.writeString(
        take.resolve("track.json"),
        TRACK.formatted(id, name, file.toString().replace("\"", "\\\""), title, i % 7, i));
    Files.createLink(take.resolve("chirp.wav"), made.resolve((i + 1) % PICTURES + ".wav"));
    Files.createLink(take.resolve("rgb-mean.wav"), made.resolve((i + 2) % PICTURES + ".wav"));
    Files.createLink(take.resolve("scroll.png"), made.resolve(i % PICTURES + ".png"));
    Files.createLink(take.resolve("scroll-small.png"), made.resolve(i % PICTURES + ".png"));
  }

  private static final String TRACK =
      """
      {"sonograph": 1, "take": "%s", "state": "complete",
       "source": {"id": "5eed", "name": "%s.wav", "path": "%s", "title": "%s",
         "artist": "Recordist %d", "licence": "CC BY 4.0"},
       "interpretation": {"diffusion": {"model": "sketch", "prompt": "autumn fire, rust and persimmon",
         "strength": 0.6, "guidance": 3.0, "steps": 12, "seed": %d}},
       "track": {"sampleRateHz": 8000, "endSample": 16000}, "chunks": {"total": 1, "arts": "0"},
       "readings": {
         "chirp": {"file": "chirp.wav", "sampleRateHz": 8000, "samples": 16000, "received": "0"},
         "rgb-mean": {"file": "rgb-mean.wav", "sampleRateHz": 8000, "samples": 16000, "received": "0"}},
       "failures": [], "notes": [], "files": ["chirp.wav", "rgb-mean.wav", "scroll.png"]}
      """;

  private static byte[] sound(double hz) throws IOException {
    float[] tone = new float[2 * RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.2 * Math.sin(2 * Math.PI * hz * i / RATE));
    }
    return WavCodec.encode(Sound.mono(RATE, tone), SampleFormat.S16, new LinkedHashMap<>());
  }

  /** Broad bands of two inks on paper, as long as a few seconds are. */
  private static byte[] picture(int seed) throws IOException {
    Random random = new Random(seed);
    int width = 128 * (1 + seed % 5);
    int[] ink = {random.nextInt(256), random.nextInt(160), random.nextInt(256)};
    double[] bends = {2 + random.nextInt(4), random.nextDouble() * 6, 20 + random.nextInt(60)};
    byte[] rgb = new byte[width * 128 * 3];
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < width; x++) {
        double bend = bends[2] * Math.sin(bends[0] * x / width * 3 + bends[1]);
        boolean isInk = Math.abs(y - 64 - bend) < 22;
        for (int c = 0; c < 3; c++) {
          rgb[(y * width + x) * 3 + c] = (byte) (isInk ? ink[c] : 235 - 6 * c);
        }
      }
    }
    return PngCodec.encode(Picture.rgb(width, 128, rgb), new LinkedHashMap<>());
  }
}
