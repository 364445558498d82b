package org.sonograph.diffusion.engine;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.StepListener;
import org.sonograph.diffusion.noise.LatentShape;
import org.sonograph.diffusion.noise.NoiseSource;
import org.sonograph.diffusion.scheduler.Sampler;
import org.sonograph.diffusion.scheduler.Scheduler;
import org.sonograph.diffusion.scheduler.Span;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/**
 * Image-to-image Stable Diffusion: what diffusers' {@code StableDiffusionImg2ImgPipeline} paints
 * from the same folder, picture and seed.
 */
public final class OnnxDiffuser implements Diffuser {

  private final ReentrantLock lock = new ReentrantLock(true);
  private final ModelFolder folder;
  private final ModelInfo info;
  private final TextEncoder text;
  private final Autoencoder autoencoder;
  private final Unet unet;

  /**
   * Loads a model folder.
   *
   * @throws DiffusionException where the folder is not what this engine runs
   */
  public OnnxDiffuser(Path root, DiffuserOptions options) {
    folder = ModelFolder.read(root);
    int threads =
        options.threads() > 0 ? options.threads() : Runtime.getRuntime().availableProcessors();
    try (Opened opened = new Opened()) {
      text = opened.keep(new TextEncoder(folder, threads));
      autoencoder = opened.keep(new Autoencoder(folder, threads));
      unet = opened.keep(new Unet(folder, threads));
      info =
          new ModelInfo(
              root.toAbsolutePath().normalize().getFileName().toString(),
              FolderHash.sha256(root),
              folder.pipelineClass(),
              folder.sizeStepPixels(),
              Sampler.ofClass(folder.scheduler().className()).map(Sampler::text).orElse(""),
              Sampler.names());
      opened.release();
    }
  }

  @Override
  public ModelInfo model() {
    return info;
  }

  @Override
  public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return paint(request, progress);
    } finally {
      lock.unlock();
    }
  }

  private DiffusedPicture paint(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    long start = System.nanoTime();
    Sampler sampler = sampler(request);
    Picture picture = fit(request.picture());
    ModelFolder.LatentScale scale = folder.latent();
    LatentShape shape =
        new LatentShape(
            scale.channels(),
            picture.height() / scale.pixelsPerCell(),
            picture.width() / scale.pixelsPerCell());
    int first = request.steps() - request.stepsRun();
    Scheduler scheduler =
        sampler.start(folder.scheduler(), new Span(request.steps(), first, shape.size()));
    Embedding prompt = text.encode(request.prompt());
    Embedding negative =
        unet.guided(request.guidance()) ? text.encode(request.negativePrompt()) : prompt;

    NoiseSource noise = NoiseSource.of(request.noise(), shape, scale.pixelsPerCell());
    float[] latents = autoencoder.encode(PixelRange.toModel(picture), shape, noise);
    float[] firstNoise = new float[shape.size()];
    noise.draw(firstNoise);
    scheduler.addNoise(latents, firstNoise);
    try (Unet.Prediction predictions = predictions(request, shape, negative, prompt)) {
      denoise(scheduler, predictions, latents, noise, progress);
    }
    Picture painted =
        PixelRange.fromModel(
            finite(autoencoder.decode(latents, shape)), picture.width(), picture.height());
    return new DiffusedPicture(
        painted,
        sampler.text(),
        request.picture().width(),
        request.picture().height(),
        scheduler.timesteps().length,
        prompt.cut() || negative.cut(),
        (System.nanoTime() - start) / 1e9);
  }

  private Unet.Prediction predictions(
      DiffusionRequest request, LatentShape shape, Embedding negative, Embedding prompt) {
    return unet.guided(request.guidance())
        ? unet.guided(shape, negative, prompt, request.guidance())
        : unet.plain(shape, prompt, request.guidance());
  }

  private static void denoise(
      Scheduler scheduler,
      Unet.Prediction predictions,
      float[] latents,
      NoiseSource noise,
      StepListener progress)
      throws InterruptedException {
    double[] times = scheduler.timesteps();
    float[] shown = new float[latents.length];
    float[] prediction = new float[latents.length];
    progress.onStep(0, times.length);
    for (int i = 0; i < times.length; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before step %d of %d".formatted(i, times.length));
      }
      scheduler.scaleInput(i, latents, shown);
      predictions.predict(times[i], shown, prediction);
      scheduler.step(i, prediction, latents, noise);
      progress.onStep(i + 1, times.length);
    }
  }

  private Sampler sampler(DiffusionRequest request) {
    if (!request.scheduler().isEmpty()) {
      return Sampler.named(request.scheduler());
    }
    String own = folder.scheduler().className();
    return Sampler.ofClass(own)
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.REQUEST,
                    "the model's own sampler is %s, which is not supported: name one of %s"
                        .formatted(own, String.join(", ", Sampler.names()))));
  }

  /** Rounds the sides down to what the model takes, by Lanczos. */
  private Picture fit(Picture picture) {
    int step = folder.sizeStepPixels();
    int width = picture.width() - picture.width() % step;
    int height = picture.height() - picture.height() % step;
    if (width == 0 || height == 0) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "picture of %dx%d, expected at least %dx%d for the model %s"
              .formatted(picture.width(), picture.height(), step, step, info.id()));
    }
    Picture rgb = picture.toRgb();
    return width == rgb.width() && height == rgb.height()
        ? rgb
        : PillowResize.resize(rgb, width, height, PillowResize.Filter.LANCZOS);
  }

  private float[] finite(float[] pixels) {
    for (float pixel : pixels) {
      if (Float.isNaN(pixel)) {
        throw new DiffusionException(
            DiffusionException.Reason.MODEL,
            "the model %s gave numbers that are none (NaN); a float16 export may need the float32 autoencoder"
                .formatted(info.id()));
      }
    }
    return pixels;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      unet.close();
      autoencoder.close();
      text.close();
    } finally {
      lock.unlock();
    }
  }
}
