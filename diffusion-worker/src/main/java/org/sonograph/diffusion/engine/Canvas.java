package org.sonograph.diffusion.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.noise.LatentShape;
import org.sonograph.diffusion.noise.NoiseSource;
import org.sonograph.diffusion.scheduler.Sampler;
import org.sonograph.diffusion.scheduler.Scheduler;
import org.sonograph.signal.picture.Picture;

/** One picture between its encoding and its decoding: latents, and how far down they are. */
final class Canvas implements Draft {

  /**
   * What a picture is painted with.
   *
   * @param scheduler this picture's own, at its start
   * @param noise this picture's own, after the draws for its latents
   * @param mixesTimes whether a call of the model takes pictures at different times
   */
  record Tools(Sampler sampler, Scheduler scheduler, NoiseSource noise, boolean mixesTimes) {}

  /**
   * What a picture is painted toward.
   *
   * @param negative the prompt itself where there is no guidance
   * @param isGuided whether the negative prompt takes a prediction of its own
   * @param embedding what a distilled model is told of the guidance; empty for the others
   */
  record Words(Embedding negative, Embedding prompt, boolean isGuided, float[] embedding) {}

  /**
   * What happens around each step, where it was asked for.
   *
   * @param before the picture that is painted over, of the model's size
   */
  record Around(Picture before, Optional<Rolling> rolling, Optional<Mask> mask) {}

  private final DiffusionRequest request;
  private final Around around;
  private final Tools tools;
  private final Words words;
  private final LatentShape shape;
  private final float[] latents;
  private final double[] times;
  private final float[] shown;
  private final float[] prediction;
  private final float[] toward;
  private int step;
  private long nanos;

  Canvas(
      DiffusionRequest request,
      Tools tools,
      Words words,
      Around around,
      LatentShape shape,
      float[] latents) {
    this.request = request;
    this.around = around;
    this.tools = tools;
    this.words = words;
    this.shape = shape;
    this.latents = latents;
    this.times = tools.scheduler().timesteps();
    this.shown = new float[latents.length];
    this.prediction = new float[latents.length];
    this.toward = new float[words.isGuided() ? latents.length : 0];
  }

  @Override
  public DiffusionRequest request() {
    return request;
  }

  /** Size and number of steps; the very times too where a call of the model has only one. */
  @Override
  public Object batchKey() {
    List<Double> fixed = tools.mixesTimes() ? List.of() : Arrays.stream(times).boxed().toList();
    return new BatchKey(shape, times.length, step, fixed);
  }

  private record BatchKey(LatentShape shape, int steps, int done, List<Double> times) {}

  Sampler sampler() {
    return tools.sampler();
  }

  LatentShape shape() {
    return shape;
  }

  /** At the U-Net's scale, {@code [channel][row][column]}. */
  float[] latents() {
    return latents;
  }

  Embedding prompt() {
    return words.prompt();
  }

  Embedding negative() {
    return words.negative();
  }

  boolean isGuided() {
    return words.isGuided();
  }

  float[] guidanceEmbedding() {
    return words.embedding();
  }

  boolean isCut() {
    return words.prompt().cut() || words.negative().cut();
  }

  int steps() {
    return times.length;
  }

  int step() {
    return step;
  }

  /** When the model is asked next. */
  double time() {
    return times[step];
  }

  /** Latents as the sampler shows them to the model; {@link #show} fills it. */
  float[] shown() {
    return shown;
  }

  /** Takes the model's prediction, where guided the negative one first. */
  float[] prediction() {
    return prediction;
  }

  /** Takes the prediction for the prompt where guided. */
  float[] toward() {
    return toward;
  }

  /** Prepares the next call of the model. */
  void show() {
    tools.scheduler().scaleInput(step, latents, shown);
    if (around.rolling().isPresent()) {
      around.rolling().get().turn(step, shown);
    }
  }

  /** Takes a step with what was predicted. */
  void advance() {
    double rescale = request.options().tuning().guidanceRescale();
    if (words.isGuided() && rescale > 0) {
      GuidanceRescale.apply(prediction, toward, rescale);
    }
    if (around.rolling().isPresent()) {
      around.rolling().get().turnBack(step, prediction);
    }
    tools.scheduler().step(step, prediction, latents, tools.noise());
    if (around.mask().isPresent()) {
      around.mask().get().putBack(step, times.length, tools.scheduler(), latents);
    }
    step++;
  }

  /** The picture that is painted over, of the model's size. */
  Picture before() {
    return around.before();
  }

  /** What was painted, where all of it was asked for, else together with what was before. */
  Picture masked(Picture painted) {
    return around.mask().map(mask -> mask.over(painted)).orElse(painted);
  }

  /** Whether the picture goes round. */
  boolean isRound() {
    return around.rolling().isPresent();
  }

  /** Adds to the time spent on this picture. */
  void spent(long moreNanos) {
    nanos += moreNanos;
  }

  double seconds() {
    return nanos / 1e9;
  }
}
