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

  Unet(ModelFolder folder, Sessions sessions) {
    guidanceWidth = folder.unet().guidanceWidth();
    graph = new Graph(folder.graph("unet"), Graph.Use.EVERY_STEP, sessions);
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

  /** Whether pictures at different times may share a call. */
  boolean hasTimePerRow() {
    return Denoiser.hasTimePerRow(graph);
  }

  /** Starts predicting for some pictures whose latents are of one shape. */
  Predictions predictions(LatentShape shape, List<Canvas> canvases) {
    return new Predictions(graph, shape, canvases);
  }

  /** Sines and cosines of the guidance, as the distillation wrote them (Luo et al. 2023). */
  float[] guidanceEmbedding(double guidance) {
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
}
