package org.sonograph.launcher.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.SoundFormat;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;

/**
 * What a run will cost, roughly, before it starts.
 *
 * @param pictures pictures to be painted
 * @param seconds time it will take
 * @param keptBytes bytes of the files that stay
 * @param workBytes bytes needed beside them while it runs
 * @param isMeasured true if the time rests on an earlier run here, false if on the model's size
 */
public record Estimate(
    long pictures, double seconds, long keptBytes, long workBytes, boolean isMeasured) {
  private static final double START_SECONDS = 8;
  private static final PaintRates RATES = new PaintRates(UserData.folder());

  /** Drawing, reading and packing one picture's worth of sound, s on one core. */
  private static final double AROUND_SECONDS = 1.2;

  /**
   * Weights that one core multiplies in a second, for one step of a 512 px picture with guidance,
   * bytes.
   */
  private static final double WEIGHT_BYTES_A_SECOND = 140e6;

  private static final long PICTURE_BYTES = 800_000;
  private static final long SCROLL_BYTES = 500_000;

  /** A picture and its part of the scroll, as JPEG. */
  private static final long LEAN_PICTURE_BYTES = 100_000;

  private static final int OUT_BYTES_A_SECOND = 4 * 48_000;
  private static final int FLOAT_BYTES_A_SECOND = 2 * OUT_BYTES_A_SECOND;

  /** Stereo of 24 bits as FLAC; 104 kB were measured. */
  private static final int FLAC_BYTES_A_SECOND = 130_000;

  /** Sound, pictures and readings of one chunk on the broker's disk. */
  private static final long CHUNK_BYTES = 4_000_000;

  private static final long EMPTY_BROKER_BYTES = 60_000_000;

  /**
   * Passed records leave the disk a file at a time: one of 32 MiB a partition, ours and the
   * streams' own.
   */
  private static final long MOST_BROKER_BYTES = 80L * (32 << 20);

  /**
   * What the run consists of.
   *
   * @param takes takes to be made
   * @param ahead pictures under way at most
   * @param workers number of workers
   */
  public record Work(List<PlannedTake> takes, long ahead, int workers) {}

  /** Estimates a run of at least one take. */
  public static Estimate of(Work work, SoundFormat format) {
    long pictures = 0;
    double seconds = START_SECONDS;
    double kept = 0;
    int readings = 0;
    for (PlannedTake take : work.takes()) {
      Interpretation interpretation = take.order().interpretation();
      int own = interpretation.getReadings().size();
      double painting =
          secondsAPicture(interpretation.getDiffusion()) / Math.max(1, work.workers());
      pictures += take.pictures();
      readings = Math.max(readings, own);
      seconds += take.pictures() * Math.max(painting, AROUND_SECONDS * own / 2);
      kept += take.pictures() * (double) pictureBytes(format);
      kept += take.source().probe().declaredSeconds() * own * bytesASecond(format);
    }
    seconds += AROUND_SECONDS * readings;
    long eachOnBroker = CHUNK_BYTES + readings * 2_400_000L;
    long most = Math.max(MOST_BROKER_BYTES, work.ahead() * eachOnBroker);
    long onBroker = EMPTY_BROKER_BYTES + Math.min(pictures * eachOnBroker, most);
    boolean measured =
        work.takes().stream()
            .map(t -> t.order().interpretation().getDiffusion().getModel())
            .distinct()
            .allMatch(model -> isSimulated(model) || RATES.secondsAPass(model).isPresent());
    return new Estimate(pictures, seconds, (long) kept, onBroker, measured);
  }

  /** The same with more to be made once the pictures are there, of which all stays. */
  public Estimate plus(double moreSeconds, long moreBytes) {
    return new Estimate(
        pictures, seconds + moreSeconds, keptBytes + moreBytes, workBytes, isMeasured);
  }

  /** Throws if the disk under {@code folder} is too small. */
  public void requireSpace(Path folder) {
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      long needed = keptBytes + workBytes;
      if (free < needed) {
        throw new CommandFailure(
            ExitCode.CANNOT_WRITE,
            "%s: the disk is too small: about %s are needed (%s of results, %s while it runs), %s are free"
                .formatted(
                    folder,
                    megabytes(needed),
                    megabytes(keptBytes),
                    megabytes(workBytes),
                    megabytes(free)));
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, folder + ": cannot be used: " + e.getMessage(), e);
    }
  }

  /** One line for a person. */
  public String shown() {
    return "%d picture%s, about %s, %s of results (and up to %s while it runs)"
        .formatted(
            pictures,
            pictures == 1 ? "" : "s",
            duration(seconds),
            megabytes(keptBytes),
            megabytes(workBytes));
  }

  /** A time such as {@code 45 s}, {@code 12 min} or {@code 3 h 20 min}. */
  public static String duration(double seconds) {
    long s = Math.round(seconds);
    if (s < 90) {
      return s + " s";
    }
    long minutes = Math.round(seconds / 60);
    return minutes < 90 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  static String megabytes(long bytes) {
    return Math.max(1, Math.round(bytes / 1e6)) + " MB";
  }

  private static long pictureBytes(SoundFormat format) {
    return format == SoundFormat.LEAN ? LEAN_PICTURE_BYTES : PICTURE_BYTES + SCROLL_BYTES;
  }

  private static int bytesASecond(SoundFormat format) {
    return switch (format) {
      case WAV -> OUT_BYTES_A_SECOND;
      case FLAC, LEAN -> FLAC_BYTES_A_SECOND;
      case WAV_F32 -> FLOAT_BYTES_A_SECOND;
      // The file grows as WAV and is encoded at the end.
      case MP3, OGG, OPUS -> OUT_BYTES_A_SECOND;
    };
  }

  private static boolean isSimulated(String model) {
    return model.startsWith("passthrough") || model.startsWith("simulated:");
  }

  private static double secondsAPicture(DiffusionSettings diffusion) {
    String model = diffusion.getModel();
    if (isSimulated(model)) {
      int colon = model.indexOf(':');
      return 0.05 + (colon < 0 ? 0 : Double.parseDouble(model.substring(colon + 1)) / 1000);
    }
    OptionalDouble measured = RATES.secondsAPass(model);
    return measured.isPresent()
        ? passes(diffusion) * measured.getAsDouble()
        : 0.3 + passes(diffusion) * secondsAPass(model);
  }

  /** Passes through the model that a picture takes. */
  private static double passes(DiffusionSettings diffusion) {
    double steps = Math.max(1, diffusion.getSteps() * diffusion.getStrength());
    return steps * (diffusion.getGuidance() > 1 ? 2 : 1);
  }

  /**
   * Keeps for later estimates how fast a run painted.
   *
   * @param secondsAPicture from one picture to the next, of all workers together
   */
  public static void learn(Work work, double secondsAPicture) {
    DiffusionSettings first = work.takes().getFirst().order().interpretation().getDiffusion();
    if (!isSimulated(first.getModel())) {
      double passes =
          work.takes().stream()
              .mapToDouble(t -> passes(t.order().interpretation().getDiffusion()))
              .average()
              .orElseThrow();
      RATES.keep(first.getModel(), secondsAPicture * work.workers() / passes);
    }
  }

  /** Seconds of one pass of a 512 px picture through a model on this machine's cores. */
  public static double secondsAPass(String model) {
    double cores = Runtime.getRuntime().availableProcessors();
    return RATES
        .secondsAPass(model)
        .orElse(Math.max(0.005, weightBytes(model) / WEIGHT_BYTES_A_SECOND / cores / 2));
  }

  private static double weightBytes(String model) {
    for (Path folder : List.of(Path.of(model), BundledModels.folder().resolve(model))) {
      try (var files = Files.list(folder.resolve("unet"))) {
        return files.mapToLong(f -> f.toFile().length()).sum();
      } catch (IOException e) {
        // Not there; the next one may be.
      }
    }
    return 0;
  }
}
