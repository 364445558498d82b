package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sonograph.runtime.files.FolderTree;

/** The executables on this machine: the bundled ones, unpacked once, or the ones named. */
record FFmpegInstall(Path ffmpeg, Path ffprobe, Map<String, String> environment) {
  private static final String RESOURCES = "/org/bytedeco/ffmpeg/";
  private static final String STUBS = "absent";
  private static final int MOST_STUBS = 12;
  private static final Pattern VERSION = Pattern.compile("ffmpeg version (\\S+)");
  private static final Pattern MISSING =
      Pattern.compile("error while loading shared libraries: (lib[\\w.+-]+): cannot open");

  /** Libraries for capture and display devices, which decoding never calls. */
  private static final Set<String> NEVER_CALLED =
      Set.of(
          "libpulse.so.0",
          "libasound.so.2",
          "libudev.so.1",
          "libxcb.so.1",
          "libxcb-shm.so.0",
          "libxcb-shape.so.0",
          "libxcb-xfixes.so.0",
          "libX11.so.6",
          "libva-x11.so.2");

  static FFmpegInstall locate(FFmpegSettings settings) {
    return settings.executable().isPresent()
        ? named(settings.executable().get())
        : bundled(settings.cacheFolder());
  }

  private static FFmpegInstall named(Path executable) {
    Path found = executable.getNameCount() == 1 ? onPath(executable) : executable;
    Path probe = found.resolveSibling(Platform.current().executable("ffprobe"));
    if (!Files.isExecutable(found) || !Files.isExecutable(probe)) {
      throw new FFmpegUnavailableException(
          "no ffmpeg with ffprobe beside it at "
              + found
              + "; name another, or leave the setting empty to use the bundled one");
    }
    FFmpegInstall install =
        new FFmpegInstall(found.toAbsolutePath(), probe.toAbsolutePath(), Map.of());
    Trial trial = install.tryOut("-protocols");
    if (!trial.output().lines().anyMatch(line -> line.strip().equals("fd"))) {
      throw new FFmpegUnavailableException(
          found + " cannot be used: FFmpeg 6.0 or newer is needed (protocol fd). " + trial.tail());
    }
    return install;
  }

  private static Path onPath(Path name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    String file = Platform.current().executable(name.toString().replaceFirst("\\.exe$", ""));
    return Stream.of(path.split(java.io.File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, file))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(name);
  }

  private static FFmpegInstall bundled(Path cacheFolder) {
    Platform platform = Platform.current();
    URL executable =
        FFmpegInstall.class.getResource(
            RESOURCES + platform.classifier() + "/" + platform.executable("ffmpeg"));
    if (executable == null) {
      throw new FFmpegUnavailableException(
          "no FFmpeg is bundled for "
              + platform.classifier()
              + "; install FFmpeg 6.0 or newer and name it in the setting"
              + " sonograph.ffmpeg.executable");
    }
    try {
      Path folder = unpacked(executable, cacheFolder, platform);
      Path stubs = folder.resolve(STUBS);
      Map<String, String> environment =
          platform.linux()
              ? Map.of("LD_LIBRARY_PATH", folder + java.io.File.pathSeparator + stubs)
              : Map.of();
      FFmpegInstall install =
          new FFmpegInstall(
              folder.resolve(platform.executable("ffmpeg")),
              folder.resolve(platform.executable("ffprobe")),
              environment);
      install.makeLoadable(stubs, platform);
      return install;
    } catch (IOException e) {
      throw new FFmpegUnavailableException(
          "FFmpeg could not be unpacked into "
              + cacheFolder
              + " ("
              + e.getMessage()
              + "); set sonograph.ffmpeg.cache to a folder that can be written",
          e);
    }
  }

  /**
   * Runs the executable until the loader is content, adding an empty library for each it misses.
   */
  private void makeLoadable(Path stubs, Platform platform) throws IOException {
    for (int i = 0; i < MOST_STUBS; i++) {
      Trial trial = tryOut("-version");
      if (trial.exitCode() == 0) {
        return;
      }
      Matcher missing = MISSING.matcher(trial.output());
      if (!missing.find() || !NEVER_CALLED.contains(missing.group(1))) {
        throw new FFmpegUnavailableException(
            "the bundled FFmpeg does not start here: "
                + trial.tail()
                + "; name an installed one in the setting sonograph.ffmpeg.executable");
      }
      Files.createDirectories(stubs);
      Path partial = Files.createTempFile(stubs, "stub", ".partial");
      Files.write(partial, StubLibrary.named(missing.group(1), platform));
      Files.move(partial, stubs.resolve(missing.group(1)), StandardCopyOption.REPLACE_EXISTING);
    }
    throw new FFmpegUnavailableException("the bundled FFmpeg misses too many system libraries");
  }

  /** Folder with the executables and libraries; unpacks them when they are not there yet. */
  private static Path unpacked(URL executable, Path cacheFolder, Platform platform)
      throws IOException {
    JarURLConnection jar = (JarURLConnection) executable.openConnection();
    jar.setUseCaches(false);
    try (var file = jar.getJarFile()) {
      String version = Path.of(file.getName()).getFileName().toString().replace(".jar", "");
      Path folder = cacheFolder.toAbsolutePath().resolve("ffmpeg").resolve(version);
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Files.createDirectories(folder.getParent());
      Path partial = Files.createTempDirectory(folder.getParent(), "partial");
      String prefix = RESOURCES.substring(1) + platform.classifier() + "/";
      List<JarEntry> entries = file.stream().filter(e -> wanted(e, prefix)).toList();
      for (JarEntry entry : entries) {
        Path target = partial.resolve(entry.getName().substring(prefix.length()));
        try (InputStream bytes = file.getInputStream(entry)) {
          Files.copy(bytes, target);
        }
        target.toFile().setExecutable(true);
      }
      publish(partial, folder);
      return folder;
    }
  }

  /** Everything but bytedeco's own bindings, which are half of the libraries. */
  private static boolean wanted(JarEntry entry, String prefix) {
    if (entry.isDirectory() || !entry.getName().startsWith(prefix)) {
      return false;
    }
    String name = entry.getName().substring(prefix.length());
    return !name.contains("/") && !name.startsWith("libjni") && !name.startsWith("jni");
  }

  /** Another process may have been faster; then its copy is used and ours removed. */
  private static void publish(Path partial, Path folder) throws IOException {
    try {
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      FolderTree.remove(partial);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private record Trial(int exitCode, String output) {
    String tail() {
      return output.strip().lines().reduce((a, b) -> b).orElse("no message");
    }
  }

  private Trial tryOut(String argument) {
    ProcessBuilder builder = new ProcessBuilder(ffmpeg.toString(), "-hide_banner", argument);
    prepare(builder).redirectErrorStream(true);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return new Trial(process.waitFor(), output);
    } catch (IOException e) {
      throw new FFmpegUnavailableException(ffmpeg + " does not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FFmpegUnavailableException("interrupted while FFmpeg was tried out", e);
    }
  }

  /** Name and version, as it says itself: {@code ffmpeg 8.1.2}. */
  String version() {
    Matcher said = VERSION.matcher(tryOut("-version").output());
    return said.find() ? "ffmpeg " + said.group(1) : "ffmpeg";
  }

  /** Gives the child nothing of our environment but what it needs. */
  ProcessBuilder prepare(ProcessBuilder builder) {
    Map<String, String> kept = new HashMap<>(environment);
    Optional.ofNullable(System.getenv("SystemRoot")).ifPresent(it -> kept.put("SystemRoot", it));
    kept.put("LC_ALL", "C");
    builder.environment().clear();
    builder.environment().putAll(kept);
    return builder;
  }
}
