package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.LatentShape;

/**
 * The U-Net bound to one batch size, latent shape and prompt length: tensors are written in place
 * and serve every step.
 */
final class Denoiser implements Opened.Part {

  /**
   * One member of the batch.
   *
   * @param prompt what it attends to; of one length in the whole batch
   * @param guidance what a distilled model is told of the guidance; empty for the others
   */
  record Row(Embedding prompt, float[] guidance) {}

  private final Graph graph;
  private final LatentShape shape;
  private final Opened tensors = new Opened();
  private final HostTensor sample;
  private final HostTensor timestep;
  private final boolean hasTimePerRow;
  private final HostTensor output;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs;

  /** Binds tensors. */
  Denoiser(Graph graph, LatentShape shape, List<Row> rows) {
    this.graph = graph;
    this.shape = shape;
    int batch = rows.size();
    long[] latent = {batch, shape.channels(), shape.height(), shape.width()};
    try {
      sample = bind(graph.input("sample"), latent);
      Port time = graph.input("timestep");
      hasTimePerRow = hasTimePerRow(graph);
      timestep = bind(time, time.shape().length == 0 ? new long[0] : new long[] {times(batch)});
      bindPrompts(rows);
      Port out = graph.output("out_sample");
      output = tensors.keep(new HostTensor(out.type(), latent));
      outputs = Map.of(out.name(), output.tensor());
    } catch (DiffusionException e) {
      tensors.close();
      throw e;
    }
  }

  /** Whether the members of a batch may be at different times. */
  static boolean hasTimePerRow(Graph graph) {
    Port time = graph.input("timestep");
    return time.shape().length == 1 && time.fixed(0, 0) == 0;
  }

  private int times(int batch) {
    return hasTimePerRow ? batch : 1;
  }

  private void bindPrompts(List<Row> rows) {
    Embedding one = rows.getFirst().prompt();
    int told = rows.getFirst().guidance().length;
    HostTensor states =
        bind(graph.input("encoder_hidden_states"), rows.size(), one.tokens(), one.hidden());
    for (int i = 0; i < rows.size(); i++) {
      states.put(i * one.states().length, rows.get(i).prompt().states());
    }
    if (told > 0) {
      HostTensor guidance = bind(graph.input(Unet.GUIDANCE), rows.size(), told);
      for (int i = 0; i < rows.size(); i++) {
        guidance.put(i * told, rows.get(i).guidance());
      }
    }
  }

  private HostTensor bind(Port port, long... shape) {
    HostTensor tensor = tensors.keep(new HostTensor(port.type(), shape));
    inputs.put(port.name(), tensor.tensor());
    return tensor;
  }

  /** Sets latents and time of one member; where all share one time, the last one set counts. */
  void show(int row, double time, float[] latents) {
    sample.put(row * shape.size(), latents);
    timestep.set(hasTimePerRow ? row : 0, time);
  }

  /** Asks the model about the whole batch. */
  void run() {
    graph.run(inputs, outputs);
  }

  /** Reads the prediction for one member. */
  void read(int row, float[] prediction) {
    output.get(row * shape.size(), prediction);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
