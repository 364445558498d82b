package org.sonograph.diffusion.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.StepListener;
import org.sonograph.diffusion.hub.HubCache;
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

  private static final Logger LOG = LoggerFactory.getLogger(OnnxDiffuser.class);

  /** A look decodes a picture; the steps since the last one took at least so many times as long. */
  private static final int LEAST_STEPS_A_LOOK = 10;

  /** One of each stage at a time, since each needs much memory of its own. */
  private final ReentrantLock encoding = new ReentrantLock(true);

  private final ReentrantLock denoising = new ReentrantLock(true);
  private final ReentrantLock decoding = new ReentrantLock(true);
  private final Sessions sessions;
  private final ModelFolder folder;
  private final ModelInfo info;
  private final TextEncoder text;
  private final Autoencoder autoencoder;
  private final Unet unet;
  private final Prompts prompts;
  private final Optional<SafetyChecker> safety;

  /** Time that decoding a picture took last; before the first, that of encoding one. */
  private volatile long decodingNanos;

  /**
   * Loads a model folder.
   *
   * @throws DiffusionException where the folder is not what this engine runs
   */
  public OnnxDiffuser(Path root, DiffuserOptions options) {
    folder = ModelFolder.read(root);
    sessions = new Sessions(options);
    try (Opened opened = new Opened()) {
      text = opened.keep(new TextEncoder(folder, sessions));
      autoencoder = opened.keep(new Autoencoder(folder, sessions));
      unet = opened.keep(new Unet(folder, sessions));
      safety = SafetyChecker.of(root, sessions);
      safety.ifPresent(opened::keep);
      prompts = new Prompts(text);
      info =
          new ModelInfo(
              HubCache.repositoryOf(root)
                  .orElse(root.toAbsolutePath().normalize().getFileName().toString()),
              FolderHash.sha256(root),
              folder.pipelineClass(),
              folder.sizeStepPixels(),
              Sampler.ofClass(folder.scheduler().className()).map(Sampler::text).orElse(""),
              Sampler.names(),
              folder.remarks());
      folder.remarks().forEach(remark -> LOG.warn("model {}: {}", info.id(), remark));
      opened.release();
    }
  }

  @Override
  public ModelInfo model() {
    return info;
  }

  @Override
  public ExecutionProvider provider() {
    return sessions.provider();
  }

  @Override
  public DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException {
    Canvas canvas = begin(request);
    denoise(List.of(canvas), progress);
    return finish(canvas);
  }

  @Override
  public Canvas begin(DiffusionRequest request) throws InterruptedException {
    Sampler sampler = sampler(request);
    refuseUnchecked(request);
    Picture picture = fit(request.picture());
    ModelFolder.LatentScale scale = folder.latent();
    LatentShape shape =
        new LatentShape(
            scale.channels(),
            picture.height() / scale.pixelsPerCell(),
            picture.width() / scale.pixelsPerCell());
    int first = request.steps() - request.stepsRun();
    Scheduler scheduler =
        sampler.start(
            folder.scheduler(),
            request.options().tuning(),
            new Span(request.steps(), first, shape.size()));
    NoiseSource noise = NoiseSource.of(request.noise(), shape, scale.pixelsPerCell());
    Canvas.Tools tools = new Canvas.Tools(sampler, scheduler, noise, unet.hasTimePerRow());
    encoding.lockInterruptibly();
    try {
      long start = System.nanoTime();
      Canvas.Words words =
          prompts.words(
              request, unet.guided(request.guidance()), unet.guidanceEmbedding(request.guidance()));
      float[] latents = encode(picture, shape, noise);
      float[] firstNoise = new float[shape.size()];
      noise.draw(firstNoise);
      Canvas.Around around = around(request, picture, shape, latents, firstNoise);
      scheduler.addNoise(latents, firstNoise);
      Canvas canvas = new Canvas(request, tools, words, around, shape, latents);
      canvas.spent(System.nanoTime() - start);
      return canvas;
    } finally {
      encoding.unlock();
    }
  }

  private float[] encode(Picture picture, LatentShape shape, NoiseSource noise) {
    long start = System.nanoTime();
    float[] latents = autoencoder.encode(PixelRange.toModel(picture), shape, noise);
    if (decodingNanos == 0) {
      decodingNanos = System.nanoTime() - start;
    }
    return latents;
  }

  private Canvas.Around around(
      DiffusionRequest request,
      Picture picture,
      LatentShape shape,
      float[] latents,
      float[] firstNoise) {
    Optional<Mask> mask =
        request
            .options()
            .mask()
            .map(white -> fit(Mask.like(request.picture(), white)))
            .map(white -> new Mask(picture, white, shape, latents, firstNoise));
    Optional<Rolling> rolling =
        request.options().edges() == RequestOptions.Edges.JOINED
            ? Optional.of(new Rolling(shape))
            : Optional.empty();
    return new Canvas.Around(picture, rolling, mask);
  }

  private void refuseUnchecked(DiffusionRequest request) {
    if (request.options().safety() == RequestOptions.Safety.CHECKED && safety.isEmpty()) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "safety is asked for, but the model %s has no safety_checker/".formatted(info.id()));
    }
  }

  @Override
  public void denoise(List<? extends Draft> drafts, StepListener progress)
      throws InterruptedException {
    List<Canvas> canvases = drafts.stream().map(Canvas.class::cast).toList();
    if (canvases.stream().map(Canvas::batchKey).distinct().count() != 1) {
      throw new IllegalArgumentException("drafts of different batch keys cannot share calls");
    }
    denoising.lockInterruptibly();
    long start = System.nanoTime();
    try (Predictions predictions = unet.predictions(canvases.getFirst().shape(), canvases)) {
      denoise(canvases, predictions, progress);
    } finally {
      denoising.unlock();
      long each = (System.nanoTime() - start) / canvases.size();
      canvases.forEach(canvas -> canvas.spent(each));
    }
  }

  private static void denoise(List<Canvas> canvases, Predictions predictions, StepListener progress)
      throws InterruptedException {
    int steps = canvases.getFirst().steps();
    int first = canvases.getFirst().step();
    progress.onStep(first, steps);
    for (int i = first; i < steps; i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped before step %d of %d".formatted(i, steps));
      }
      // by index: an iterator would be an allocation
      for (int k = 0; k < canvases.size(); k++) {
        canvases.get(k).show();
      }
      predictions.predict();
      for (int k = 0; k < canvases.size(); k++) {
        canvases.get(k).advance();
      }
      progress.onStep(i + 1, steps);
    }
  }

  @Override
  public DiffusedPicture finish(Draft draft) throws InterruptedException {
    Canvas canvas = (Canvas) draft;
    int cell = folder.latent().pixelsPerCell();
    LatentShape shape = canvas.shape();
    decoding.lockInterruptibly();
    try {
      long start = System.nanoTime();
      float[] pixels =
          canvas.isRound()
              ? autoencoder.decodeRound(canvas.latents(), shape)
              : autoencoder.decode(canvas.latents(), shape);
      Picture painted =
          canvas.masked(
              PixelRange.fromModel(finite(pixels), shape.width() * cell, shape.height() * cell));
      decodingNanos = System.nanoTime() - start;
      canvas.spent(decodingNanos);
      return checked(
          canvas,
          new DiffusedPicture(
              painted,
              canvas.sampler().text(),
              canvas.request().picture().width(),
              canvas.request().picture().height(),
              canvas.steps(),
              canvas.isCut(),
              canvas.seconds()));
    } finally {
      decoding.unlock();
    }
  }

  @Override
  public Optional<Picture> glimpse(Draft draft, Duration sinceLast) {
    Canvas canvas = (Canvas) draft;
    boolean isWorthIt =
        decodingNanos > 0
            && decodingNanos * LEAST_STEPS_A_LOOK <= sinceLast.toNanos()
            && canvas.request().options().safety() == RequestOptions.Safety.UNCHECKED;
    if (!isWorthIt || !decoding.tryLock()) {
      return Optional.empty();
    }
    try {
      int cell = folder.latent().pixelsPerCell();
      LatentShape shape = canvas.shape();
      long start = System.nanoTime();
      float[] pixels = autoencoder.decode(canvas.latents(), shape);
      decodingNanos = System.nanoTime() - start;
      return Optional.of(
          PixelRange.fromModel(finite(pixels), shape.width() * cell, shape.height() * cell));
    } catch (DiffusionException e) {
      LOG.debug("nothing to be seen yet: {}", e.getMessage());
      return Optional.empty();
    } finally {
      decoding.unlock();
    }
  }

  /** Gives what went in in place of a flagged picture. */
  private DiffusedPicture checked(Canvas canvas, DiffusedPicture made) {
    if (canvas.request().options().safety() == RequestOptions.Safety.UNCHECKED
        || !safety.orElseThrow().flags(made.picture())) {
      return made;
    }
    LOG.warn("the model's checker flagged a picture; another one stands in its place");
    return new DiffusedPicture(canvas.before(), "", 0, 0, 0, false, 0).inPlaceOf(made);
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
    encoding.lock();
    denoising.lock();
    decoding.lock();
    try {
      safety.ifPresent(SafetyChecker::close);
      unet.close();
      autoencoder.close();
      text.close();
    } finally {
      decoding.unlock();
      denoising.unlock();
      encoding.unlock();
    }
  }
}
