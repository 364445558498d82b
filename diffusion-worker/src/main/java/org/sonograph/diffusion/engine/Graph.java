package org.sonograph.diffusion.engine;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.sonograph.diffusion.DiffusionException;

/** One loaded ONNX graph. Any thread may run it; each run has tensors of its own. */
final class Graph implements AutoCloseable {

  /** How often a graph is run, which decides whether it keeps its working memory. */
  enum Use {
    /**
     * Gives its memory back after each run, unless it is small: an autoencoder needs hundreds of MB
     * for a moment.
     */
    ONCE_A_PICTURE,
    /** Keeps its memory for the next run. */
    EVERY_STEP
  }

  /** What ONNX Runtime's allocators, CUDA, cuDNN, cuBLAS and the C++ library say. */
  private static final Pattern MEMORY_RAN_OUT =
      Pattern.compile(
          "Failed to allocate memory|out of"
              + " memory|OUT_OF_MEMORY|ALLOC_FAILED|bad_alloc|BFCArena|smaller than requested"
              + " bytes",
          Pattern.CASE_INSENSITIVE);

  private final Path file;
  private final OrtSession session;
  private final Map<String, Port> inputs;
  private final Map<String, Port> outputs;

  /** Loads a graph. */
  Graph(Path file, Use use, Sessions sessions) {
    this.file = file;
    try {
      session = sessions.open(file, use);
      inputs = ports(session.getInputInfo());
      outputs = ports(session.getOutputInfo());
    } catch (OrtException | IOException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s cannot be loaded: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  private static Map<String, Port> ports(Map<String, NodeInfo> nodes) {
    Map<String, Port> ports = new LinkedHashMap<>();
    nodes.forEach(
        (name, node) -> {
          if (node.getInfo() instanceof TensorInfo info) {
            ports.put(name, new Port(name, info.type, info.getShape()));
          }
        });
    return ports;
  }

  Map<String, Port> inputs() {
    return inputs;
  }

  /** An input that the graph must have. */
  Port input(String name) {
    return port(inputs, name, "inputs");
  }

  /** The first of some names that the graph gives out, else its first output. */
  Port output(String... names) {
    for (String name : names) {
      if (outputs.containsKey(name)) {
        return outputs.get(name);
      }
    }
    return outputs.values().iterator().next();
  }

  /** Refuses a graph that asks for more than we have to give. */
  void expectOnly(Set<String> known) {
    for (Port port : inputs.values()) {
      if (!known.contains(port.name())) {
        throw new DiffusionException(
            DiffusionException.Reason.MODEL,
            "%s asks for the input \"%s\", expected only %s: this kind of model is not supported"
                .formatted(file, port, String.join(", ", known)));
      }
    }
  }

  private Port port(Map<String, Port> ports, String name, String what) {
    Port port = ports.get(name);
    if (port == null) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s has the %s %s, expected \"%s\" among them"
              .formatted(file, what, ports.values(), name));
    }
    return port;
  }

  /** Runs the graph from tensors into tensors. */
  void run(Map<String, OnnxTensor> from, Map<String, OnnxTensor> into) {
    try (OrtSession.Result result = session.run(from, Set.of(), into)) {
      assert result.size() == into.size();
    } catch (OrtException e) {
      throw new DiffusionException(
          MEMORY_RAN_OUT.matcher(e.getMessage()).find()
              ? DiffusionException.Reason.MEMORY
              : DiffusionException.Reason.DEVICE,
          "%s failed: %s".formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new DiffusionException(
          DiffusionException.Reason.DEVICE,
          "%s cannot be closed: %s".formatted(file, e.getMessage()),
          e);
    }
  }
}
