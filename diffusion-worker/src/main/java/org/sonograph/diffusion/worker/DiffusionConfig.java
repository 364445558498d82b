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
          "model that is loaded at start: a folder, a name below the models folder, passthrough,"
              + " passthrough:MS or simulated:MS")
  @WithDefault("passthrough")
  String model();

  @Setting(
      doc =
          "folder below which a message may name another model; empty = only the model loaded at"
              + " start")
  Optional<String> models();

  @Setting(
      doc =
          "pictures that may share a call of the model, 1 to 64, or auto: found by trying and"
              + " remembered for model and device; on the processor auto is 1")
  @WithDefault("auto")
  String batch();

  @Setting(
      doc = "how long the first picture of a batch waits for others",
      unit = "ms",
      min = 0,
      max = 60_000)
  @WithDefault("20")
  int lingerMs();

  @Setting(
      doc =
          "where models compute: cpu, cuda, tensorrt, coreml, directml, or several in order of"
              + " preference; nothing is fallen back on that is not named")
  @WithDefault("cpu")
  String provider();

  @Setting(doc = "number of the graphics card", min = 0, max = 63)
  @WithDefault("0")
  int device();

  @Setting(
      doc = "how far ONNX Runtime rewrites a model's graphs when it loads them",
      oneOf = {"none", "basic", "extended", "all"})
  @WithDefault("all")
  String optimization();

  @Setting(
      doc =
          "folder for batch sizes that were found and for engines that TensorRT built; empty = the"
              + " user's cache folder")
  Optional<String> cache();

  @Setting(
      doc =
          "memory for results, so that one picture with one recipe is painted once; 0 = every time"
              + " anew",
      unit = "MiB",
      min = 0,
      max = 65_536)
  @WithDefault("16")
  int repeatsMib();

  @Setting(
      doc =
          "a chunk that stays below this loudness throughout goes on as it came, unpainted; empty ="
              + " every chunk is painted",
      unit = "LUFS",
      min = -200,
      max = 0)
  Optional<Double> silenceLufs();

  @Setting(doc = "threads inside one operation; 0 = one a core", min = 0, max = 1024)
  @WithDefault("0")
  int threads();

  @Setting(
      doc =
          "how long a picture belongs to a worker that gives no sign; it is renewed three times as"
              + " often",
      unit = "ms",
      min = 1_000,
      max = 3_600_000)
  @WithDefault("30000")
  int lockMs();

  @Setting(
      doc =
          "longest time for one stage of a picture; then it is given back and the worker stops,"
              + " since its device hangs",
      unit = "s",
      min = 1,
      max = 604_800)
  @WithDefault("3600")
  long pictureLimitSeconds();

  @Setting(
      doc = "how long a stop waits for the pictures in work before giving them back",
      unit = "ms",
      min = 0,
      max = 25_000)
  @WithDefault("20000")
  int drainMs();
}
