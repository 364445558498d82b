package org.sonograph.diffusion.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.sonograph.runtime.settings.Setting;

/** Settings of the diffusion worker. */
@ConfigMapping(prefix = "sonograph.diffusion")
public interface DiffusionConfig {
  @Setting(
      doc =
          "model that is loaded at start: a folder, a name below the models folder, passthrough or passthrough:MS")
  @WithDefault("passthrough")
  String model();

  @Setting(
      doc =
          "folder below which a message may name another model; empty = only the model loaded at start")
  Optional<String> models();

  @Setting(doc = "threads inside one operation; 0 = one a core", min = 0, max = 1024)
  @WithDefault("0")
  int threads();

  @Setting(
      doc =
          "how long a picture belongs to a worker that gives no sign; it is renewed three times as often",
      unit = "ms",
      min = 1_000,
      max = 3_600_000)
  @WithDefault("30000")
  int lockMs();

  @Setting(
      doc =
          "longest time for one picture; then it is given back and the worker stops, since its device hangs",
      unit = "s",
      min = 1,
      max = 604_800)
  @WithDefault("3600")
  long pictureLimitSeconds();

  @Setting(
      doc = "how long a stop waits for the picture in work before giving it back",
      unit = "ms",
      min = 0,
      max = 25_000)
  @WithDefault("20000")
  int drainMs();
}
