package org.sonograph.runtime.ffmpeg;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.sonograph.runtime.settings.Setting;

/** Settings of every service that runs FFmpeg. */
@ConfigMapping(prefix = "sonograph.ffmpeg")
public interface FFmpegConfig {
  @Setting(doc = "an installed ffmpeg (6.0 or newer, ffprobe beside it) instead of the bundled one")
  Optional<String> executable();

  @Setting(
      doc = "folder the bundled ffmpeg is unpacked into, once, 70 MB; empty = the user's cache")
  Optional<String> cache();

  @Setting(
      doc = "processor time one file may take, not on Windows",
      unit = "s",
      min = 1,
      max = 1_000_000)
  @WithDefault("3600")
  int cpuSeconds();

  @Setting(
      doc = "address space of one ffmpeg process, Linux only",
      unit = "MiB",
      min = 256,
      max = 1_048_576)
  @WithDefault("2048")
  int memoryMib();

  @Setting(
      doc = "time ffmpeg may stand still before it is killed",
      unit = "s",
      min = 1,
      max = 86_400)
  @WithDefault("60")
  int silenceSeconds();
}
