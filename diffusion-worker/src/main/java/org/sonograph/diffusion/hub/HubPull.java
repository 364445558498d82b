package org.sonograph.diffusion.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Brings a model from the hub into the cache. */
public final class HubPull {

  private static final long SPARE_BYTES = 64L << 20;

  private final HubSettings settings;
  private final HubDownload.Attempts attempts;

  public HubPull(HubSettings settings) {
    this(settings, HubDownload.Attempts.USUAL);
  }

  HubPull(HubSettings settings, HubDownload.Attempts attempts) {
    this.settings = settings;
    this.attempts = attempts;
  }

  /** Hears how a pull goes, on the thread that pulls. */
  public interface Listener {

    /** What will be had; asked before anything is downloaded. */
    void onFound(Plan plan);

    /** How many of the plan's bytes are on the disk. */
    void onBytes(long here);
  }

  /**
   * What a pull brings.
   *
   * @param licence the repository's licence by its short name, or ""
   * @param bytes size of all files
   * @param here bytes of them that are on the disk already
   */
  public record Plan(HubName name, String commit, String licence, long bytes, long here) {}

  /** A file of a model that was pulled. */
  public record Pulled(String name, long bytes, String sha256) {}

  /**
   * A model that was pulled.
   *
   * @param folder its folder, ready to be opened
   */
  public record Result(Plan plan, Path folder, List<Pulled> files) {}

  /**
   * Brings a model, or what of it is missing.
   *
   * @param withChecker whether to bring the safety checker too
   * @throws HubException where it cannot be had; nothing of it is shown in the cache then
   */
  public Result pull(HubName name, boolean withChecker, Listener listener)
      throws InterruptedException {
    if (settings.isOffline()) {
      throw new HubException(
          HubException.Kind.UNREACHABLE,
          "%s is not downloaded: HF_HUB_OFFLINE is set".formatted(name));
    }
    HubCache cache = new HubCache(settings.cache());
    try (HubClient client = new HubClient(settings);
        FileChannel channel = lockFile(cache, name);
        FileLock lock = lock(channel, name)) {
      assert lock.isValid();
      HubClient.Repository repository = client.repository(name);
      List<String> names = HubFiles.chosen(repository.files(), withChecker);
      if (names.isEmpty()) {
        throw unsuitable(name, repository.files());
      }
      List<HubClient.Located> files = new ArrayList<>();
      for (String file : names) {
        files.add(client.locate(name, repository.commit(), file));
      }
      Plan plan = plan(name, repository, files, cache.blobs(name));
      listener.onFound(plan);
      requireSpace(plan, cache);
      bring(client, files, cache.blobs(name), listener, plan.here());
      return publish(cache, plan, files);
    } catch (IOException e) {
      throw new HubException(
          HubException.Kind.CANNOT_WRITE,
          "%s cannot be written: %s".formatted(settings.cache(), e.getMessage()),
          e);
    }
  }

  private static Plan plan(
      HubName name, HubClient.Repository repository, List<HubClient.Located> files, Path blobs) {
    long bytes = files.stream().mapToLong(located -> located.file().size()).sum();
    long here = files.stream().mapToLong(file -> HubDownload.here(blobs, file.file())).sum();
    return new Plan(name, repository.commit(), repository.licence(), bytes, here);
  }

  private void bring(
      HubClient client, List<HubClient.Located> files, Path blobs, Listener listener, long here)
      throws InterruptedException {
    long[] total = {here};
    HubDownload download =
        new HubDownload(
            client,
            attempts,
            more -> {
              total[0] += more;
              listener.onBytes(total[0]);
            });
    for (HubClient.Located file : files) {
      download.bring(file, blobs);
    }
  }

  private static Result publish(HubCache cache, Plan plan, List<HubClient.Located> files)
      throws IOException {
    Path snapshot =
        cache.publish(
            plan.name(), plan.commit(), files.stream().map(HubClient.Located::file).toList());
    List<Pulled> pulled = new ArrayList<>();
    for (HubClient.Located located : files) {
      Path file = snapshot.resolve(located.file().name());
      pulled.add(
          new Pulled(located.file().name(), located.file().size(), HubDownload.sha256(file)));
    }
    return new Result(plan, HubCache.modelIn(snapshot).orElseThrow(), pulled);
  }

  private static HubException unsuitable(HubName name, List<String> files) {
    boolean isLarge = files.stream().anyMatch(file -> file.contains("text_encoder_2/"));
    String found =
        isLarge
            ? "it has two text encoders (SDXL or later), which cannot be run"
            : files.stream().anyMatch(file -> file.endsWith(".safetensors"))
                ? "it holds PyTorch weights only: export them with optimum-cli (docs/models.md)"
                : "it lacks text_encoder, unet, vae_encoder or vae_decoder/model.onnx";
    return new HubException(
        HubException.Kind.UNSUITABLE, "%s holds no ONNX model: %s".formatted(name, found));
  }

  private static void requireSpace(Plan plan, HubCache cache) throws IOException {
    long needed = plan.bytes() - plan.here();
    long free = Files.getFileStore(cache.root()).getUsableSpace();
    if (needed > 0 && needed + SPARE_BYTES > free) {
      throw new HubException(
          HubException.Kind.CANNOT_WRITE,
          "%s takes %d MB more, but %s has only %d MB free"
              .formatted(plan.name(), needed / 1_000_000, cache.root(), free / 1_000_000));
    }
  }

  private static FileChannel lockFile(HubCache cache, HubName name) throws IOException {
    Path locks = cache.root().resolve(".locks");
    Files.createDirectories(locks);
    return FileChannel.open(
        locks.resolve(name.folder() + ".sonograph.lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  private static FileLock lock(FileChannel channel, HubName name) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      throw busy(name, e);
    }
    throw busy(name, null);
  }

  private static HubException busy(HubName name, Exception cause) {
    return new HubException(
        HubException.Kind.CANNOT_WRITE, name + " is being downloaded by another process", cause);
  }
}
