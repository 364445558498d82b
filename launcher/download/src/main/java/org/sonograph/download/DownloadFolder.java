package org.sonograph.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lays out one platform's folder from a finished build. */
final class DownloadFolder {
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
    FolderWalk.copy(home.resolve("examples"), folder.resolve("examples"), ends(".flac"));
    for (String file : List.of("LICENSE", "sonograph")) {
      Files.copy(home.resolve(file), folder.resolve(file));
    }
    Path own = home.resolve("launcher/download/src");
    FolderWalk.copy(own.resolve("dist").resolve(platform.text()), folder, file -> true);
    FolderWalk.copy(own.resolve("licences"), folder.resolve("licences"), ends(".txt"));
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
    Path models = home.resolve("models");
    Files.copy(models.resolve("catalogue.json"), to.resolve("catalogue.json"));
    try (Stream<Path> folders = Files.list(models)) {
      for (Path model : folders.filter(f -> Files.exists(f.resolve("model_index.json"))).toList()) {
        FolderWalk.copy(model, to.resolve(model.getFileName()), DownloadFolder::isOfAModel);
      }
    }
  }

  private static boolean isOfAModel(Path file) {
    String name = file.getFileName().toString();
    return name.matches(".*\\.(?:json|onnx|txt|md)") && !name.equals("requirements.txt");
  }

  private static Predicate<Path> ends(String suffix) {
    return file -> file.toString().endsWith(suffix);
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
