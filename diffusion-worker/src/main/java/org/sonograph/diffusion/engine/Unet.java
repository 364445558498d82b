package org.sonograph.diffusion.engine;

import java.util.List;
import java.util.Set;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.LatentShape;

/** Predicts the noise in latents, with classifier-free guidance where it is asked for. */
final class Unet implements Opened.Part {

  /** Input through which distilled models are told the guidance. */
  static final String GUIDANCE = "timestep_cond";

  private final Graph graph;
  private final int guidanceWidth;

  Unet(ModelFolder folder, int threads) {
    guidanceWidth = folder.unet().guidanceWidth();
    graph = new Graph(folder.graph("unet"), Graph.Use.EVERY_STEP, threads);
    try {
      graph.expectOnly(
          guidanceWidth > 0
              ? Set.of("sample", "timestep", "encoder_hidden_states", GUIDANCE)
              : Set.of("sample", "timestep", "encoder_hidden_states"));
    } catch (DiffusionException e) {
      graph.close();
      throw e;
    }
  }

  /** Whether this guidance takes a second prediction, for the negative prompt. */
  boolean guided(double guidance) {
    return guidance > 1 && guidanceWidth == 0;
  }

  /** Starts predicting for one picture without guidance. */
  Prediction plain(LatentShape shape, Embedding prompt, double guidance) {
    float[] told = guidanceEmbedding(guidance);
    return new Plain(new Denoiser(graph, shape, List.of(prompt), told));
  }

  /** Starts predicting for one picture, away from the negative prompt and toward the prompt. */
  Prediction guided(LatentShape shape, Embedding negative, Embedding prompt, double guidance) {
    float[] none = new float[0];
    float[] other = new float[shape.size()];
    float weight = (float) guidance;
    if (negative.tokens() == prompt.tokens()) {
      List<Embedding> both = List.of(negative, prompt);
      return new Paired(new Denoiser(graph, shape, both, none), other, weight);
    }
    // prompts of different length cannot share a batch
    Denoiser first = new Denoiser(graph, shape, List.of(negative), none);
    return new Alternating(first, new Denoiser(graph, shape, List.of(prompt), none), other, weight);
  }

  /** Sines and cosines of the guidance, as the distillation wrote them (Luo et al. 2023). */
  private float[] guidanceEmbedding(double guidance) {
    float[] embedding = new float[guidanceWidth];
    int half = guidanceWidth / 2;
    for (int i = 0; i < half; i++) {
      double frequency = Math.exp(-i * Math.log(10000) / (half - 1));
      double angle = (guidance - 1) * 1000 * frequency;
      embedding[i] = (float) Math.sin(angle);
      embedding[half + i] = (float) Math.cos(angle);
    }
    return embedding;
  }

  @Override
  public void close() {
    graph.close();
  }

  /** One picture's predictions. */
  sealed interface Prediction extends AutoCloseable {

    /** Predicts from latents as the sampler shows them. */
    void predict(double time, float[] shown, float[] prediction);

    @Override
    void close();
  }

  private record Plain(Denoiser denoiser) implements Prediction {
    @Override
    public void predict(double time, float[] shown, float[] prediction) {
      denoiser.show(0, shown);
      denoiser.run(time);
      denoiser.read(0, prediction);
    }

    @Override
    public void close() {
      denoiser.close();
    }
  }

  private record Paired(Denoiser denoiser, float[] other, float weight) implements Prediction {
    @Override
    public void predict(double time, float[] shown, float[] prediction) {
      denoiser.show(0, shown);
      denoiser.show(1, shown);
      denoiser.run(time);
      denoiser.read(0, prediction);
      denoiser.read(1, other);
      guide(prediction, other, weight);
    }

    @Override
    public void close() {
      denoiser.close();
    }
  }

  private record Alternating(Denoiser negative, Denoiser positive, float[] other, float weight)
      implements Prediction {
    @Override
    public void predict(double time, float[] shown, float[] prediction) {
      negative.show(0, shown);
      negative.run(time);
      negative.read(0, prediction);
      positive.show(0, shown);
      positive.run(time);
      positive.read(0, other);
      guide(prediction, other, weight);
    }

    @Override
    public void close() {
      negative.close();
      positive.close();
    }
  }

  /** Ho and Salimans 2022: from the negative prediction through the positive one and beyond. */
  private static void guide(float[] negative, float[] positive, float weight) {
    for (int i = 0; i < negative.length; i++) {
      negative[i] += weight * (positive[i] - negative[i]);
    }
  }
}
