package org.sonograph.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lays out one platform's folder from a finished build. */
final class DownloadFolder {
  private static final List<String> MODELS = List.of("sketch", "sketch-turbo", "tiny-sd");

  private static final Pattern FFMPEG =
      Pattern.compile("ffmpeg-.*-(?:linux|macosx|windows)-.*\\.jar");

  private final Path home;
  private final Path natives;
  private final Platform platform;

  /**
   * @param home the source tree, built
   * @param natives folder with FFmpeg's artifact for every platform
   */
  DownloadFolder(Path home, Path natives, Platform platform) {
    this.home = home;
    this.natives = natives;
    this.platform = platform;
  }

  /** Makes the folder anew. */
  void make(Path folder) throws IOException, InterruptedException {
    FolderWalk.remove(folder);
    Path program = Files.createDirectories(folder.resolve("program"));
    programs(program);
    models(folder.resolve("models"));
    copyPlain(home.resolve("examples"), folder.resolve("examples"), ".flac");
    for (String file : List.of("LICENSE", "sonograph")) {
      Files.copy(home.resolve(file), folder.resolve(file));
    }
    Path own = home.resolve("launcher/download/src");
    copyPlain(own.resolve("dist").resolve(platform.text()), folder, "");
    copyPlain(own.resolve("licences"), folder.resolve("licences"), ".txt");
    runnable(folder);
    Guide.write(home, folder.resolve("docs"));
    if (platform.bringsJava()) {
      JavaRuntime.link(program.resolve("java"));
    }
    Licences.write(program, folder.resolve("licences"));
  }

  private void programs(Path program) throws IOException {
    SlimJars slim = new SlimJars(platform);
    Path app = Files.createDirectories(program.resolve("app"));
    Path built = home.resolve("launcher/target/dist/app");
    for (Path jar : FolderWalk.files(built)) {
      if (!FFMPEG.matcher(jar.getFileName().toString()).matches()) {
        slim.copy(jar, app.resolve(jar.getFileName()));
      }
    }
    Path ffmpeg = ffmpeg();
    Files.copy(ffmpeg, app.resolve(ffmpeg.getFileName()));
    ClassPath.rename(app.resolve("launcher.jar"), FFMPEG, ffmpeg.getFileName().toString());
    Path broker = Files.createDirectories(program.resolve("broker"));
    try (Stream<Path> jars = Files.list(home.resolve("launcher/broker/target"))) {
      for (Path jar : jars.filter(f -> f.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, broker.resolve(jar.getFileName()));
      }
    }
    slim.copyFolder(home.resolve("launcher/broker/target/lib"), broker.resolve("lib"));
    Path registry = program.resolve("registry");
    slim.copyFolder(home.resolve("launcher/registry/target/registry"), registry);
    RegistryParts.empty(registry);
  }

  private Path ffmpeg() throws IOException {
    try (Stream<Path> jars = Files.list(natives)) {
      return jars.filter(f -> f.toString().endsWith("-" + platform.ffmpegClassifier() + ".jar"))
          .findFirst()
          .orElseThrow(
              () -> new IOException("no ffmpeg for " + platform.text() + " in " + natives));
    }
  }

  /** The models as they run, without what they were made with. */
  private void models(Path to) throws IOException {
    Files.createDirectories(to);
    Files.copy(home.resolve("models/catalogue.json"), to.resolve("catalogue.json"));
    for (String model : MODELS) {
      for (Path file : FolderWalk.files(home.resolve("models").resolve(model))) {
        if (file.toString().matches(".*\\.(?:json|onnx|txt|md)") && !isMaking(file)) {
          Path copy = to.resolve(home.resolve("models").relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static boolean isMaking(Path file) {
    return file.getFileName().toString().equals("requirements.txt");
  }

  private static void copyPlain(Path from, Path to, String suffix) throws IOException {
    for (Path file : FolderWalk.files(from)) {
      if (file.toString().endsWith(suffix)) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void runnable(Path folder) throws IOException {
    for (String name : List.of("sonograph", "Sonograph.command", "Sonograph.desktop")) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && !file.toFile().setExecutable(true, false)) {
        throw new IOException("cannot make " + file + " executable");
      }
    }
  }
}
