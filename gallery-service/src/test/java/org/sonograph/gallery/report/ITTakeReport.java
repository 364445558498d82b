package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** The page of a take, with the real FFmpeg, and in a real browser where there is one. */
class ITTakeReport {
  private static final int RATE = 48_000;

  @TempDir Path folder;
  private TrackFile track;
  private Path source;

  @BeforeEach
  void makeATake() throws IOException {
    source = folder.resolve("tone & <beat>.wav");
    write(source, sound(440));
    write(folder.resolve("rgb-mean.wav"), sound(440));
    write(folder.resolve("voices.wav"), sound(660));
    byte[] art = new byte[1000 * 128 * 3];
    new Random(1).nextBytes(art);
    Files.write(
        folder.resolve("scroll.png"),
        PngCodec.encode(Picture.rgb(1000, 128, art), new LinkedHashMap<>()));
    var interpretation =
        new ObjectMapper()
            .readTree(
                """
                {"profile": "tape",
                 "spectrogram": {"axis": "log", "lowHz": 41.2, "highHz": 10547, "height": 512},
                 "diffusion": {"model": "m", "prompt": "<b>", "strength": 0.6, "guidance": 2,
                               "steps": 9, "seed": 7}}
                """);
    track =
        new TrackFile(
            folder,
            "ab",
            "complete",
            new TrackFile.Origin(
                "id",
                source.getFileName().toString(),
                "",
                "A. Nyone<script>x()</script>",
                "<i>CC0",
                "",
                "1958/<b>3"),
            interpretation,
            1,
            1,
            2,
            List.of(
                new TrackFile.Heard("rgb-mean", "rgb-mean.wav", 1, 2),
                new TrackFile.Heard("voices", "voices.wav", 1, 2)),
            List.of(),
            List.of(),
            List.of("rgb-mean.wav"));
  }

  private static Sound sound(double hz) {
    float[] out = new float[2 * RATE];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (0.3 * Math.exp(-(i % 24_000) / 6000.0) * Math.sin(0.000131 * hz * i));
    }
    return Sound.stereo(RATE, out, out);
  }

  private static void write(Path file, Sound sound) throws IOException {
    Files.write(file, WavCodec.encode(sound, SampleFormat.S16, new LinkedHashMap<>()));
  }

  private Path page() throws IOException {
    TakeReport report = TakeReport.of(FFmpeg.open(FFmpegSettings.defaults()), track);
    Path mix = report.write(Mix.parse("rgb-mean=0.7,voices=0.3", List.of("rgb-mean", "voices")));
    Sound mixed = WavCodec.decode(Files.readAllBytes(mix));
    assertThat(mixed.length()).isEqualTo(2 * RATE);
    assertThat(mixed.channelCount()).isEqualTo(2);
    return report.write(source, FrequencyMarks.NOTES);
  }

  @Test
  void thePageHoldsAllThatItShows() throws Exception {
    String html = Files.readString(page(), StandardCharsets.UTF_8);
    assertThat(html)
        .contains("tone &amp; &lt;beat&gt;.wav", "rgb-mean", "voices", "mix", "onset agreement")
        .contains(
            "A. Nyone&lt;script&gt;x()",
            "Sound: 1958/&lt;b&gt;3, &lt;i&gt;CC0.",
            "Strength 0.6, guidance 2, 9 steps, seed 7.")
        .contains("font-family:\"Source Serif 4\"", "font-family:\"IBM Plex Mono\"", ">C4</span>")
        .doesNotContain("<beat>", "http:", "https:", "<b>", "<script>x", "<i>CC0");
    assertThat(html.split("<audio ", -1)).hasSize(5);
    assertThat(html.split("data:audio/mpeg;base64,", -1)).hasSize(5);
    // the reading that is the source itself survives whole
    assertThat(html).contains("<td>1.00</td>").contains("<td>0.00</td>");
  }

  @Test
  void everyPlayerPlaysInABrowserAndAClickMovesAll() throws Exception {
    Path browser = browser();
    String html = Files.readString(page(), StandardCharsets.UTF_8);
    Path probed = folder.resolve("probed.html");
    Files.writeString(
        probed,
        html.replace("</head>", "<script>" + Page.resource("probe.js") + "</script></head>"));
    Path dom = folder.resolve("dom.txt");
    Path console = folder.resolve("console.txt");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--enable-logging=stderr",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=20000",
                "--timeout=60000",
                "--dump-dom",
                probed.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(console.toFile())
            .start();
    assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(dom))
        .contains("<title>played 4, moved 4 of 4, playhead across: true, problems: </title>");
    assertThat(Files.readString(console)).doesNotContain("CONSOLE");
  }

  private static Path browser() {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    assumeTrue(false, "no Chromium on the PATH");
    throw new IllegalStateException("unreachable");
  }
}
