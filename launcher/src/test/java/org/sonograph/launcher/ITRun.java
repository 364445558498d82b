package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** The command line as its users start it: processes, a real broker, a real registry. */
@Tag("broker")
class ITRun {
  private static final int RATE_HZ = 48_000;
  private static final int SAMPLES = 9 * RATE_HZ + 123;
  private static final long DEADLINE_S = 300;

  @TempDir Path folder;

  @Test
  void goodInputsCompleteBesideBadOnes() throws Exception {
    Path good = wav("good.wav");
    Path text = Files.writeString(folder.resolve("notes.wav"), "this is no sound");
    Path list =
        Files.writeString(
            folder.resolve("list.csv"),
            "id,file,title,prompt\nA-1,good.wav,\"Sine, plain\",ink\nA-2,notes.wav,,\n");
    String results = folder.resolve("out/results.csv").toString();
    Result result =
        run(start("out", "--list", list.toString(), "--results", results, "--reading", "red"));
    assertThat(result.code()).as(result.said()).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(result.said()).contains("notes.wav").contains("open first: ");
    assertThat(samples(folder.resolve("out/good/red.wav"))).isEqualTo(SAMPLES);
    assertThat(folder.resolve("out/.sonograph")).doesNotExist();
    assertThat(Files.readString(folder.resolve("out/good/track.json")))
        .contains("\"Sine, plain\"", "\"ink\"");
    List<String> lines = Files.readAllLines(Path.of(results));
    assertThat(lines.get(1)).startsWith("A-1,../good.wav,").contains(",complete,", ",red.wav,");
    assertThat(lines.get(2)).startsWith("A-2,../notes.wav,,,unreadable,input,");

    text.toFile().delete();
    Files.copy(good, text);
    Result repaired =
        run(start("out", "--list", results, "--results", results, "--reading", "red"));
    assertThat(repaired.code()).as(repaired.said()).isZero();
    assertThat(repaired.said()).contains("1 take, ").contains("notes.wav: done");
    assertThat(Files.readAllLines(Path.of(results)).get(1)).isEqualTo(lines.get(1));
    assertThat(Files.readAllLines(Path.of(results)).get(2))
        .startsWith("A-2,../notes.wav,,,complete,");
  }

  @Test
  void afterAKillTheSameCommandEndsAsIfNothingHadHappened() throws Exception {
    String good = wav("good.wav").toString();
    Process first = start("killed", good, "--reading", "red");
    await(() -> hasPicture(folder.resolve("killed")), first);
    List<ProcessHandle> children = first.descendants().toList();
    first.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(DEADLINE_S, TimeUnit.SECONDS);
    }
    Result resumed = run(start("killed", good, "--reading", "red"));
    assertThat(resumed.code()).as(resumed.said()).isZero();
    Result undisturbed = run(start("whole", good, "--reading", "red"));
    assertThat(undisturbed.code()).as(undisturbed.said()).isZero();
    for (String file :
        List.of("good/red.wav", "good/track.json", "good/manifest.json", "good/scroll.png")) {
      assertThat(folder.resolve("killed").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    Result again = run(start("whole", good, "--reading", "red"));
    assertThat(again.code()).as(again.said()).isZero();
    assertThat(again.said()).contains("complete already");
    replayIsEqualToWhatWasMadeAndToNothingElse();
    rerenderMakesAnotherTakeAndLeavesTheFirst();
  }

  private void replayIsEqualToWhatWasMadeAndToNothingElse() throws Exception {
    Path sound = folder.resolve("whole/good/red.wav");
    Path touched = Files.createDirectories(folder.resolve("touched"));
    for (String file : List.of("track.json", "manifest.json", "red.wav")) {
      Files.copy(sound.resolveSibling(file), touched.resolve(file));
    }
    byte[] bytes = Files.readAllBytes(sound);
    bytes[bytes.length - 1] ^= 1;
    Files.write(touched.resolve("red.wav"), bytes);
    Result replayed =
        run(
            command(
                "replay",
                "--json",
                "--out",
                folder.resolve("replayed").toString(),
                sound.toString(),
                touched.resolve("red.wav").toString()));
    assertThat(replayed.code()).as(replayed.said()).isEqualTo(ExitCode.FAILED.number());
    assertThat(replayed.said())
        .containsOnlyOnce("\"equal\":true")
        .containsOnlyOnce("\"equal\":false");
    assertThat(folder.resolve("replayed/good/red.wav")).hasSameBinaryContentAs(sound);
  }

  private void rerenderMakesAnotherTakeAndLeavesTheFirst() throws Exception {
    Path first = folder.resolve("whole/good");
    byte[] manifest = Files.readAllBytes(first.resolve("manifest.json"));
    Result rendered =
        run(
            command(
                "rerender", first.toString(), "--from", "source", "--json", "--reading", "chirp"));
    assertThat(rendered.code()).as(rendered.said()).isZero();
    String id = rendered.said().replaceAll("(?s).*\"renderedFrom\":\"(\\w+)\".*", "$1");
    String take = rendered.said().replaceAll("(?s).*\"take\":\"(\\w+)\".*", "$1");
    Path second = folder.resolve("whole/good-" + take.substring(0, 6));
    assertThat(samples(second.resolve("chirp.wav"))).isEqualTo(SAMPLES);
    for (String file : List.of("track.json", "manifest.json")) {
      assertThat(Files.readString(second.resolve(file))).contains("\"renderedFrom\" : \"" + id);
    }
    assertThat(first.resolve("manifest.json")).hasBinaryContent(manifest);
    assertThat(folder.resolve("whole/manifest.jsonl")).content().hasLineCount(2);
  }

  @Test
  void theArchivesTreeAndIdentifiersGoOutAgain() throws Exception {
    Files.createDirectories(folder.resolve("in/Jan"));
    Files.createDirectories(folder.resolve("in/JAN/con"));
    Path first = Files.move(wav("rain.wav"), folder.resolve("in/Jan/rain.wav"));
    Files.copy(first, folder.resolve("in/JAN/con/rain.wav"));
    String[] args = {
      folder.resolve("in") + "/**/*.wav",
      "--layout=tree",
      "--id-from=path",
      "--reading=red",
      "--results=" + folder.resolve("tree/results.csv")
    };
    Result result = run(start("tree", args));
    assertThat(result.code()).as(result.said()).isZero();
    List<String> lines = Files.readAllLines(folder.resolve("tree/results.csv"));
    assertThat(lines).hasSize(3);
    // Whichever comes first is called as it is; the other joins its folder.
    assertThat(lines.get(1)).startsWith("JAN/con/rain.wav,").containsIgnoringCase("/jan/_con/rain");
    assertThat(lines.get(2)).startsWith("Jan/rain.wav,").containsIgnoringCase("/tree/jan/rain");
    try (Stream<Path> all = Files.list(folder.resolve("tree"))) {
      Path january = all.filter(Files::isDirectory).reduce((a, b) -> folder).orElseThrow();
      assertThat(Files.readString(january.resolve("rain/track.json")))
          .contains("\"archiveId\" : \"Jan/rain.wav\"");
    }
    Result again = run(start("tree", args));
    assertThat(again.code()).as(again.said()).isZero();
    assertThat(again.said().split("--again makes it anew")).hasSize(3);
  }

  private record Result(int code, String said) {}

  private Process start(String out, String... args) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run",
                "--out",
                folder.resolve(out).toString(),
                "--model",
                "passthrough:1000",
                "--seed",
                "7"));
    all.addAll(List.of(args));
    return command(all.toArray(String[]::new));
  }

  private Process command(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx480m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + Installation.HOME + "=" + Installation.home(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.sonograph.launcher.SonographCommand"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log().toFile())
        .start();
  }

  private Result run(Process process) throws Exception {
    assertThat(process.waitFor(DEADLINE_S, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), Files.readString(log()));
  }

  private Path log() {
    return folder.resolve("said.txt");
  }

  private void await(BooleanSupplier condition, Process process) throws Exception {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (!condition.getAsBoolean()) {
      assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
      assertThat(System.nanoTime()).isLessThan(until);
      process.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean hasPicture(Path out) {
    String[] files = out.resolve("good/art").toFile().list();
    return files != null && Stream.of(files).anyMatch(f -> f.endsWith(".png"));
  }

  private Path wav(String name) throws IOException {
    float[] sine = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      sine[i] = (float) (0.3 * Math.sin(2 * Math.PI * 440 * i / RATE_HZ));
    }
    Path file = folder.resolve(name);
    return Files.write(
        file, WavCodec.encode(Sound.mono(RATE_HZ, sine), SampleFormat.S16, new LinkedHashMap<>()));
  }

  private static int samples(Path file) throws IOException {
    return WavCodec.decode(Files.readAllBytes(file)).length();
  }
}
