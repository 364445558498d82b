package org.sonograph.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folders that people download, made from this build. */
@EnabledOnOs(OS.LINUX)
class ITDownload {
  private static final Path HOME = Path.of(System.getProperty("sonograph.home"));
  private static final Path NATIVES = Path.of(System.getProperty("sonograph.natives"));
  private static final List<String> NATIVE_JARS =
      List.of("onnxruntime-", "rocksdbjni-", "tokenizers-", "zstd-jni-", "snappy-java-", "ffmpeg-");

  @TempDir static Path folder;
  private static Path mac;
  private static Path linux;

  @BeforeAll
  static void make() throws Exception {
    mac = folder.resolve("mac");
    new DownloadFolder(HOME, NATIVES, Platform.MACOS_ARM64).make(mac);
    linux = folder.resolve("linux");
    new DownloadFolder(HOME, NATIVES, Platform.LINUX_X64).make(linux);
  }

  @Test
  void theMacsJarsHoldTheMacsNativesAndNoOthers() throws Exception {
    assertThat(natives(mac, NATIVE_JARS))
        .allSatisfy(
            (jar, found) -> {
              assertThat(found).as(jar).isNotEmpty();
              assertThat(found)
                  .as(jar)
                  .allMatch(f -> f.matches("(?i).*(arm64|aarch64).*\\.(dylib|jnilib)"));
            });
  }

  @Test
  void theMacsClassPathsAreWholeAndItsModelsCanRun() throws Exception {
    Path app = mac.resolve("program/app");
    try (JarFile jar = new JarFile(app.resolve("launcher.jar").toFile())) {
      String[] classPath = jar.getManifest().getMainAttributes().getValue("Class-Path").split(" ");
      assertThat(classPath)
          .hasSizeGreaterThan(50)
          .anyMatch(f -> f.matches("ffmpeg-.*-macosx-arm64\\.jar"))
          .allMatch(f -> Files.isRegularFile(app.resolve(f)));
    }
    assertThat(mac.resolve("program/broker/lib")).isDirectoryContaining("glob:**/kafka_2.13-*.jar");
    assertThat(mac.resolve("program/registry/quarkus-run.jar")).exists();
    assertThat(mac.resolve("models/sketch/text_encoder/model.onnx")).exists();
    assertThat(mac.resolve("models/sketch-turbo/tokenizer/tokenizer.json")).exists();
    assertThat(mac.resolve("examples/rain-on-tin.flac")).exists();
    assertThat(mac.resolve("licences").resolve(Licences.LIST)).content().contains("onnxruntime-");
    assertThat(mac.resolve("program/java")).doesNotExist();
  }

  @Test
  void theMacsScriptFindsAJavaAndCarriesOutCommands() throws Exception {
    Said said = run(mac, List.of("./sonograph", "readings"), System.getProperty("java.home"));
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(said.text()).contains("rgb-mean");
  }

  @Test
  void aDoubleClickOnAMacShowsWhereJavaIsOrStarts() throws Exception {
    Path place = Files.createDirectories(folder.resolve("clicked here"));
    Files.copy(mac.resolve("Sonograph.command"), place.resolve("Sonograph.command"));
    script(place.resolve("open"), "echo shows $1");
    script(place.resolve("sonograph"), "exit 69");
    assertThat(mac.resolve("needs-java.html")).content().contains("https://adoptium.net");
    assertThat(run(place, List.of("/bin/sh", "Sonograph.command"), "").text())
        .isEqualTo("shows needs-java.html\n");
    script(place.resolve("sonograph"), "echo started with $# words");
    assertThat(run(place, List.of("/bin/sh", "Sonograph.command"), "").text())
        .isEqualTo("started with 0 words\n");
  }

  @Test
  void linuxRunsOnItsOwnJavaAlone() throws Exception {
    Said said = run(linux, List.of("./sonograph", "doctor"), "/nowhere");
    assertThat(said.text())
        .contains(linux.resolve("program/java").toRealPath().toString())
        .contains("ok    FFmpeg decodes", "ok    models can run on cpu");
    assertThat(linux.resolve("Sonograph.desktop")).isExecutable();
    assertThat(natives(linux, NATIVE_JARS))
        .allSatisfy(
            (jar, found) ->
                assertThat(found)
                    .as(jar)
                    .isNotEmpty()
                    .allMatch(f -> f.matches("(?i).*linux.*(64|x64|amd64).*")));
    Path packed = Archive.pack(linux.resolve("licences"), Archive.Kind.TAR_GZ);
    assertThat(packed).isNotEmptyFile();
  }

  @Test
  void theReadmesFirstCommandsGiveASoundAndAPage() throws Exception {
    List<String> told =
        Pattern.compile("(?m)^ {4}(\\./sonograph.*)$")
            .matcher(Files.readString(HOME.resolve("README.md")))
            .results()
            .limit(2)
            .map(found -> found.group(1))
            .toList();
    assertThat(told.getFirst()).startsWith("./sonograph run examples/").endsWith(" --out out");
    Said said = run(linux, List.of("/bin/sh", "-c", told.getFirst()), "/nowhere");
    assertThat(said.code()).as(said.text()).isZero();
    assertThat(Files.size(linux.resolve("out/rain-on-tin/rgb-mean.wav"))).isGreaterThan(1_000_000);
    assertThat(told.get(1)).isEqualTo("./sonograph");
    Path log = Files.createTempFile(folder, "said", ".txt");
    Process page = start(linux, List.of("/bin/sh", "-c", "exec " + told.get(1)), "/nowhere", log);
    try {
      URI address = addressIn(log, page);
      String answer =
          new String(address.toURL().openStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).contains("<title>", "Make");
      Said second = run(linux, List.of("./sonograph"), "/nowhere");
      assertThat(second.code()).as(second.text()).isZero();
      assertThat(second.text()).contains("running already", address.toString());
    } finally {
      page.destroy();
      assertThat(page.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static URI addressIn(Path log, Process page) throws Exception {
    Pattern shown = Pattern.compile("in a browser: (http://\\S+)\n");
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (true) {
      Matcher found = shown.matcher(Files.readString(log));
      if (found.find()) {
        return URI.create(found.group(1));
      }
      assertThat(page.isAlive()).as(Files.readString(log)).isTrue();
      assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(until);
      page.waitFor(200, TimeUnit.MILLISECONDS);
    }
  }

  /** The native files in the jars of these names, by jar. */
  private static Map<String, List<String>> natives(Path of, List<String> names) throws IOException {
    Map<String, List<String>> found = new TreeMap<>();
    for (Path file : FolderWalk.files(of.resolve("program/app"))) {
      String name = file.getFileName().toString();
      if (names.stream().anyMatch(name::startsWith)) {
        try (JarFile jar = new JarFile(file.toFile())) {
          found.put(
              name,
              jar.stream().map(e -> e.getName()).filter(Platform::isNative).sorted().toList());
        }
      }
    }
    assertThat(found).hasSize(names.size());
    return found;
  }

  private record Said(int code, String text) {}

  private static Said run(Path in, List<String> command, String javaHome) throws Exception {
    Path log = Files.createTempFile(folder, "said", ".txt");
    Process process = start(in, command, javaHome, log);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), Files.readString(log));
  }

  private static Process start(Path in, List<String> command, String javaHome, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", in + ":/usr/bin:/bin");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", javaHome);
    return builder.start();
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(
        file,
        Set.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.OWNER_WRITE));
  }
}
