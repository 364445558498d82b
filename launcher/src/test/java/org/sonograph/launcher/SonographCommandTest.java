package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.spectrogram.Inversion;

class SonographCommandTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "replay",
        "rerender",
        "spectrogram",
        "diffuse",
        "decode",
        "up",
        "ingest",
        "status",
        "trace",
        "top",
        "dlq",
        "doctor",
        "config",
        "readings",
        "preset",
        "model"
      })
  void everyCommandExplainsItself(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: sonograph " + command);
  }

  @Test
  void longCommandLinesComeByAVariable() {
    String[] command = {"diffuse"};
    assertThat(SonographCommand.words(command, "in.png\u001f--prompt\u001fa\nb \u001f\u001f"))
        .containsExactly("diffuse", "in.png", "--prompt", "a\nb ", "");
    assertThat(SonographCommand.words(command, null)).isEqualTo(command);
    assertThat(SonographCommand.words(new String[] {"run", "x"}, "stray\u001f"))
        .containsExactly("run", "x");
  }

  @Test
  void wrongUsageEndsWithTwo() {
    assertThat(run("run")).isEqualTo(ExitCode.USAGE.number());
    assertThat(run("nonsense")).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void wrongUsageSaysWhatIsWrongInAFewLines() {
    assertThat(run("run", "a.wav", "--out", "o", "--strenght", "0.3"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(said().lines())
        .hasSize(3)
        .first()
        .asString()
        .isEqualTo("sonograph: Unknown option: '--strenght'");
    assertThat(said()).contains("did you mean --strength").contains("see sonograph run --help");
    err.reset();
    assertThat(run("run", "a.wav", "--out", "o", "--steps", "many"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(said().lines()).hasSize(2);
    assertThat(said()).contains("--steps").contains("'many'");
    err.reset();
    assertThat(run("preset", "list", "--nonsense")).isEqualTo(ExitCode.USAGE.number());
    assertThat(said()).contains("see sonograph preset list --help");
  }

  @Test
  void presetsAreSavedListedShownAndRemoved() throws Exception {
    assertThat(
            run(
                "preset",
                "save",
                "night",
                "--preset",
                "breath",
                "--about",
                "For the night.",
                "--strength",
                "0.2",
                "--reading",
                "chirp"))
        .as(said())
        .isZero();
    assertThat(Files.readString(folder.resolve("night.properties")))
        .startsWith("# For the night.\n")
        .contains("strength = 0.2\n", "colour = stereo\n", "reading = chirp\n")
        .doesNotContain("0.35", "rgb-mean", "preset");
    out.reset();
    assertThat(run("preset", "list")).isZero();
    assertThat(told()).startsWith("night").contains("For the night.", "stems ");
    out.reset();
    assertThat(run("preset", "list", "--json")).isZero();
    JsonNode listed = new ObjectMapper().readTree(out.toByteArray());
    assertThat(listed.get(0).path("own").asBoolean()).isTrue();
    assertThat(listed.get(1).path("options").get(0).path("name").asText()).isNotEmpty();
    out.reset();
    assertThat(run("preset", "show", "night")).isZero();
    assertThat(told()).contains("dynamics = 0.9");
    assertThat(run("preset", "remove", "night")).isZero();
    assertThat(run("preset", "show", "night")).isEqualTo(ExitCode.NO_INPUT.number());
    assertThat(run("preset", "save", "none")).isEqualTo(ExitCode.USAGE.number());
    assertThat(run("preset", "save", "bad", "--strength", "9")).isEqualTo(ExitCode.USAGE.number());
    assertThat(run("preset", "save", "bad", "--model", "/some/where"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(folder.resolve("bad.properties")).doesNotExist();
  }

  @Test
  void aPresetsBadLineEndsACommandWithItsPlace() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.properties"), "steps = 9\nsteeps = 9\n");
    assertThat(run("run", "a.wav", "--out", "o", "--preset", file.toString()))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(said()).contains("mine.properties:2: unknown option steeps");
  }

  @Test
  void whatIsGivenWinsOverAPreset() throws Exception {
    Path wav = folder.resolve("tone.wav");
    float[] tone = new float[48_000];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.3 * Math.sin(0.05 * i));
    }
    Sound stereo = Sound.stereo(48_000, tone, new float[tone.length]);
    Files.write(wav, WavCodec.encode(stereo, SampleFormat.S16, new LinkedHashMap<>()));
    String png = folder.resolve("o.png").toString();
    // what a spectrogram has nothing to do with is left out, and said
    assertThat(run("spectrogram", wav.toString(), png, "--preset=breath")).as(said()).isZero();
    assertThat(said()).contains("preset breath: strength, dynamics, reading left out");
    assertThat(colour(png)).isEqualTo("stereo");
    assertThat(run("spectrogram", wav.toString(), png, "--colour=parts", "--preset", "breath"))
        .isZero();
    assertThat(colour(png)).isEqualTo("parts");
    String art = folder.resolve("art.png").toString();
    assertThat(run("diffuse", png, art, "--model", "passthrough", "--preset", "breath")).isZero();
    JsonNode recipe = new ObjectMapper().readTree(text(art).get(ArtText.GENERATION_KEY));
    assertThat(recipe.path("preset").asText()).isEqualTo("breath");
    assertThat(recipe.path("strength").asDouble()).isEqualTo(0.35);
    assertThat(run("run", "a.wav", "--out", "o", "--preset", "a", "--preset", "b"))
        .isEqualTo(ExitCode.USAGE.number());
  }

  private static String colour(String png) throws Exception {
    return Inversion.fromText(text(png)).orElseThrow().colour().text();
  }

  private static Map<String, String> text(String png) throws Exception {
    return PngCodec.decode(Files.readAllBytes(Path.of(png)), PngLimits.DEFAULT).text();
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aMissingInputEndsWith66AndItsName() {
    String missing = folder.resolve("nothing.png").toString();
    int code = run("decode", missing, folder.resolve("o.wav").toString(), "--reading", "red");
    assertThat(code).isEqualTo(ExitCode.NO_INPUT.number());
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(missing);
  }

  @Test
  void readingsAreListedAsData() {
    assertThat(run("readings")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("rgb-mean").contains("chirp");
  }

  @Test
  void aReadingExplainsItsParameters() throws Exception {
    assertThat(run("readings", "voices")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "pitch = red", "amplitude = green", "duration = blue", "a whole number from 1 to");
    out.reset();
    assertThat(run("readings", "voices", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toByteArray()).path("parameters").findValues("name"))
        .extracting(JsonNode::asText)
        .contains("pitch", "scale", "tempo");
    out.reset();
    assertThat(run("readings", "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toByteArray()).size()).isGreaterThanOrEqualTo(12);
    assertThat(run("readings", "whale")).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void aPictureIsReadWithParametersAndWrittenAsNotes() throws Exception {
    byte[] pixels = new byte[64 * 32 * 3];
    new Random(1).nextBytes(pixels);
    Path art = folder.resolve("art.png");
    Files.write(art, PngCodec.encode(Picture.rgb(64, 32, pixels), new LinkedHashMap<>()));
    Path scale = folder.resolve("two.scl");
    Files.writeString(scale, "two notes\n2\n700.\n2/1\n");
    String out = folder.resolve("o.wav").toString();
    Path midi = folder.resolve("o.mid");
    String reading = "voices:scale=" + scale + ",root=110,voices=3";
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                reading,
                "--midi",
                midi.toString()))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(Files.readAllBytes(midi)).startsWith('M', 'T', 'h', 'd');
    assertThat(WavCodec.decode(Files.readAllBytes(Path.of(out))).sampleRateHz()).isEqualTo(48_000);
    assertThat(run("decode", art.toString(), out, "--profile", "tape", "--reading", "bells:tone=1"))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("bells has no parameter tone");
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                "red",
                "--midi",
                midi.toString()))
        .isEqualTo(ExitCode.USAGE.number());
    assertThat(
            run(
                "decode",
                art.toString(),
                out,
                "--profile",
                "tape",
                "--reading",
                "voices:scale=" + folder.resolve("none.scl")))
        .isEqualTo(ExitCode.NO_INPUT.number());
  }

  @Test
  void optionsThatAReadingHasNotAreCheckedAndSaid(@TempDir Path folder) throws Exception {
    Path art = folder.resolve("art.png");
    Files.write(art, PngCodec.encode(Picture.grey(9, 8, new byte[72]), new LinkedHashMap<>()));
    String[] line = {
      "decode",
      art.toString(),
      folder.resolve("o.wav").toString(),
      "--profile=tape",
      "--reading=scan"
    };
    assertThat(run(with(line, "--iterations=5"))).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--iterations=5: not used, reading scan has no iterations");
    assertThat(run(with(line, "--phase=sideways"))).isEqualTo(ExitCode.USAGE.number());
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("parameter phase=sideways, expected");
  }

  private static String[] with(String[] line, String more) {
    String[] all = Arrays.copyOf(line, line.length + 1);
    all[line.length] = more;
    return all;
  }

  private int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return SonographCommand.execute(terminal, new Presets(folder), args);
  }
}
