package org.sonograph.runtime.ffmpeg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where FFmpeg comes from and what it may use.
 *
 * @param executable an installed ffmpeg (6.0 or newer, ffprobe beside it) instead of the bundled
 *     one; a bare name is looked up on the PATH
 * @param cacheFolder where the bundled one is unpacked, about 70 MB, once
 */
public record FFmpegSettings(Optional<Path> executable, Path cacheFolder, ChildLimits limits) {

  /** The bundled FFmpeg, unpacked into the user's cache folder. */
  public static FFmpegSettings defaults() {
    return new FFmpegSettings(Optional.empty(), userCacheFolder(), ChildLimits.defaults());
  }

  /** What a service was configured with. */
  public static FFmpegSettings of(FFmpegConfig config) {
    return new FFmpegSettings(
        config.executable().map(Path::of),
        config.cache().map(Path::of).orElseGet(FFmpegSettings::userCacheFolder),
        new ChildLimits(
            Duration.ofSeconds(config.cpuSeconds()),
            (long) config.memoryMib() << 20,
            Duration.ofSeconds(config.silenceSeconds())));
  }

  /** The user's cache folder by each system's custom; never a temporary folder. */
  public static Path userCacheFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    String xdg = System.getenv("XDG_CACHE_HOME");
    String local = System.getenv("LOCALAPPDATA");
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      return Path.of(xdg, "sonograph");
    }
    return switch (Platform.current().system()) {
      case "macosx" -> home.resolve("Library").resolve("Caches").resolve("sonograph");
      case "windows" ->
          (local == null ? home : Path.of(local)).resolve("sonograph").resolve("cache");
      default -> home.resolve(".cache").resolve("sonograph");
    };
  }
}
