package org.sonograph.diffusion.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.LatentShape;

/**
 * What the U-Net says of some pictures, step after step. All rows whose prompts are of one length
 * share a call, whichever picture they belong to, and whether they are its prompt or its negative
 * prompt: an exported graph masks no tokens, so rows of different length cannot.
 */
final class Predictions implements AutoCloseable {

  /** One prompt of one picture; {@code target} takes what is predicted for it. */
  private record Row(Canvas canvas, Embedding prompt, float[] target) {
    Denoiser.Row bound() {
      return new Denoiser.Row(prompt, canvas.guidanceEmbedding());
    }
  }

  /** Rows that share a call. */
  private record Call(List<Row> rows, Denoiser denoiser) {}

  private final List<Canvas> canvases;
  private final List<Call> calls = new ArrayList<>();
  private final Opened opened = new Opened();

  Predictions(Graph graph, LatentShape shape, List<Canvas> canvases) {
    this.canvases = canvases;
    Map<Integer, List<Row>> byLength = new LinkedHashMap<>();
    for (Canvas canvas : canvases) {
      for (Row row : rows(canvas)) {
        byLength.computeIfAbsent(row.prompt().tokens(), length -> new ArrayList<>()).add(row);
      }
    }
    try {
      for (List<Row> rows : byLength.values()) {
        List<Denoiser.Row> bound = rows.stream().map(Row::bound).toList();
        calls.add(new Call(rows, opened.keep(new Denoiser(graph, shape, bound))));
      }
    } catch (DiffusionException e) {
      opened.close();
      throw e;
    }
  }

  private static List<Row> rows(Canvas canvas) {
    return canvas.isGuided()
        ? List.of(
            new Row(canvas, canvas.negative(), canvas.prediction()),
            new Row(canvas, canvas.prompt(), canvas.toward()))
        : List.of(new Row(canvas, canvas.prompt(), canvas.prediction()));
  }

  /** Predicts for every picture, from its latents as its sampler shows them, at its next time. */
  void predict() {
    // by index: an iterator would be an allocation
    for (int c = 0; c < calls.size(); c++) {
      Call call = calls.get(c);
      for (int i = 0; i < call.rows().size(); i++) {
        Canvas canvas = call.rows().get(i).canvas();
        call.denoiser().show(i, canvas.time(), canvas.shown());
      }
      call.denoiser().run();
      for (int i = 0; i < call.rows().size(); i++) {
        call.denoiser().read(i, call.rows().get(i).target());
      }
    }
    for (int i = 0; i < canvases.size(); i++) {
      Canvas canvas = canvases.get(i);
      if (canvas.isGuided()) {
        guide(canvas.prediction(), canvas.toward(), (float) canvas.request().guidance());
      }
    }
  }

  /** Ho and Salimans 2022: from the negative prediction through the positive one and beyond. */
  private static void guide(float[] negative, float[] positive, float weight) {
    for (int i = 0; i < negative.length; i++) {
      negative[i] += weight * (positive[i] - negative[i]);
    }
  }

  @Override
  public void close() {
    opened.close();
  }
}
