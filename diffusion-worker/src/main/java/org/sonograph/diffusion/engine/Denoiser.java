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
final class Denoiser implements AutoCloseable {

  private final Graph graph;
  private final LatentShape shape;
  private final Opened tensors = new Opened();
  private final HostTensor sample;
  private final HostTensor timestep;
  private final HostTensor output;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final Map<String, OnnxTensor> outputs;

  /**
   * Binds tensors.
   *
   * @param prompts the prompts of the batch, one each, all of one length
   * @param guidance what a distilled model is told of the guidance; empty for the others
   */
  Denoiser(Graph graph, LatentShape shape, List<Embedding> prompts, float[] guidance) {
    this.graph = graph;
    this.shape = shape;
    int batch = prompts.size();
    long[] latent = {batch, shape.channels(), shape.height(), shape.width()};
    try {
      sample = bind(graph.input("sample"), latent);
      Port time = graph.input("timestep");
      boolean scalar = time.shape().length == 0;
      timestep = bind(time, scalar ? new long[0] : new long[] {time.fixed(0, batch)});
      bindPrompts(prompts);
      if (guidance.length > 0) {
        HostTensor told = bind(graph.input(Unet.GUIDANCE), batch, guidance.length);
        for (int i = 0; i < batch; i++) {
          told.put(i * guidance.length, guidance);
        }
      }
      Port out = graph.output("out_sample");
      output = tensors.keep(new HostTensor(out.type(), latent));
      outputs = Map.of(out.name(), output.tensor());
    } catch (DiffusionException e) {
      tensors.close();
      throw e;
    }
  }

  private void bindPrompts(List<Embedding> prompts) {
    Embedding one = prompts.getFirst();
    HostTensor states =
        bind(graph.input("encoder_hidden_states"), prompts.size(), one.tokens(), one.hidden());
    for (int i = 0; i < prompts.size(); i++) {
      states.put(i * one.states().length, prompts.get(i).states());
    }
  }

  private HostTensor bind(Port port, long... shape) {
    HostTensor tensor = tensors.keep(new HostTensor(port.type(), shape));
    inputs.put(port.name(), tensor.tensor());
    return tensor;
  }

  /** Sets the latents of one member of the batch. */
  void show(int member, float[] latents) {
    sample.put(member * shape.size(), latents);
  }

  /** Asks the model about the whole batch. */
  void run(double time) {
    timestep.fill(time);
    graph.run(inputs, outputs);
  }

  /** Reads the prediction for one member of the batch. */
  void read(int member, float[] prediction) {
    output.get(member * shape.size(), prediction);
  }

  @Override
  public void close() {
    tensors.close();
  }
}
