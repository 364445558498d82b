package org.sonograph.diffusion.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.graph.GraphFile;
import org.sonograph.diffusion.graph.GraphFile.Node;

/**
 * The four graphs of a folder, as their files describe them, looked through before the native
 * runtime opens any; and the sizes that can be read from them alone.
 */
record FolderGraphs(GraphFile text, GraphFile unet, GraphFile encoder, GraphFile decoder) {

  /** Parts of a folder that hold a graph. */
  static final List<String> PARTS = List.of("text_encoder", "unet", "vae_encoder", "vae_decoder");

  private static final List<String> CONVOLUTIONS =
      List.of("Conv", "ConvInteger", "QLinearConv", "FusedConv", "NhwcConv", "NhwcFusedConv");

  private static final List<String> PASSING =
      List.of("Cast", "DequantizeLinear", "Identity", "Transpose", "Reshape");

  /** Inputs of U-Nets that are made for something else, and what that is. */
  private static final Map<String, String> FOREIGN_INPUTS =
      Map.of(
          "text_embeds", "a Stable Diffusion XL U-Net",
          "time_ids", "a Stable Diffusion XL U-Net",
          "controlnet_cond", "a ControlNet",
          "mid_block_additional_residual", "a U-Net for ControlNet",
          "down_block_additional_residuals", "a U-Net for ControlNet",
          "image_embeds", "a U-Net for pictures as prompts",
          "class_labels", "a U-Net with class labels (an upscaler?)");

  /** Reads the files and refuses what could not be opened safely, or is another kind of model. */
  static FolderGraphs read(Path root) {
    List<Path> roots = roots(root);
    return new FolderGraphs(
        graph(root, PARTS.get(0), roots),
        unet(root, graph(root, PARTS.get(1), roots)),
        graph(root, PARTS.get(2), roots),
        graph(root, PARTS.get(3), roots));
  }

  /** Reads one graph, its external weights included. */
  static GraphFile graph(Path root, String part, List<Path> roots) {
    GraphFile graph = GraphFile.read(root.resolve(part).resolve("model.onnx"));
    graph.requireWeights(roots);
    return graph;
  }

  /** Where weights may lie: the folder, or the store its links point to in a hub's cache. */
  static List<Path> roots(Path root) {
    try {
      Path real = root.toRealPath();
      Path snapshots = real.getParent();
      boolean cached = snapshots != null && snapshots.endsWith("snapshots");
      return cached ? List.of(real, snapshots.resolveSibling("blobs")) : List.of(real);
    } catch (IOException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "model %s cannot be read: %s".formatted(root, e.getMessage()),
          e);
    }
  }

  private static GraphFile unet(Path root, GraphFile unet) {
    for (GraphFile.Value input : unet.inputs()) {
      String foreign =
          input.name().startsWith("down_block_") ? "a U-Net for ControlNet" : foreign(input.name());
      if (!foreign.isEmpty()) {
        throw ModelFolder.unsupported(
            root,
            "%s, since unet/model.onnx asks for \"%s\"".formatted(foreign, input.name()),
            "a U-Net of Stable Diffusion 1 or 2, which asks for sample, timestep and"
                + " encoder_hidden_states");
      }
    }
    return unet;
  }

  private static String foreign(String input) {
    return FOREIGN_INPUTS.getOrDefault(input, "");
  }

  /** Numbers in a latent cell, as the decoder takes them. */
  int latentChannels() {
    return channels(decoder, "latent_sample");
  }

  /** Numbers in a cell, as the U-Net takes them. */
  int unetChannels() {
    return channels(unet, "sample");
  }

  /** Pixels along one side of a latent cell: the encoder halves them again and again. */
  int pixelsPerCell() {
    return 1 << halvings(encoder);
  }

  /** Levels of the U-Net: it halves its latents once for each but the first. */
  int unetLevels() {
    return 1 + halvings(unet);
  }

  /** Length of the guidance embedding that a distilled U-Net takes; 0 for the others. */
  int guidanceWidth() {
    return unet.input(Unet.GUIDANCE).map(input -> input.fixed(1, 0)).orElse(0);
  }

  /** Positions the text encoder has a vector for, where its weights kept their names. */
  Optional<Integer> textPositions() {
    int stated = text.inputs().isEmpty() ? 0 : text.inputs().getFirst().fixed(1, 0);
    return stated > 0
        ? Optional.of(stated)
        : text.weights().entrySet().stream()
            .filter(weight -> weight.getKey().contains("position_embedding"))
            .map(Map.Entry::getValue)
            .filter(shape -> shape.length == 2)
            .map(shape -> (int) shape[0])
            .findFirst();
  }

  /** Numbers that the text encoder gives for a token; 0 where the graph does not say. */
  int textHidden() {
    return text.outputs().stream()
        .filter(output -> output.shape().length == 3)
        .mapToInt(output -> output.fixed(2, 0))
        .findFirst()
        .orElse(0);
  }

  /** Whether the autoencoder is of the tiny kind, which normalises nothing. */
  boolean isTinyAutoencoder() {
    return decoder.nodes().stream()
        .map(Node::operator)
        .noneMatch(op -> op.equals("InstanceNormalization") || op.startsWith("GroupNorm"));
  }

  private static int halvings(GraphFile graph) {
    return (int)
        graph.nodes().stream()
            .filter(node -> CONVOLUTIONS.contains(node.operator()))
            .filter(node -> node.strides().length > 0 && node.strides()[0] == 2)
            .count();
  }

  /** Channels of an input: as stated, else as the first convolution takes them. */
  private static int channels(GraphFile graph, String name) {
    int stated = graph.input(name).map(input -> input.fixed(1, 0)).orElse(0);
    if (stated > 0) {
      return stated;
    }
    return graph.nodes().stream()
        .filter(node -> CONVOLUTIONS.contains(node.operator()) && node.inputs().size() > 1)
        .findFirst()
        .flatMap(node -> weight(graph, node.inputs().get(1)))
        .filter(shape -> shape.length == 4)
        .map(shape -> (int) shape[1])
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.MODEL,
                    "%s does not say how many channels its input %s has: add the config.json of its export"
                        .formatted(graph.file(), name)));
  }

  /** Shape of a weight, also where it is converted before it is used. */
  private static Optional<long[]> weight(GraphFile graph, String name) {
    String at = name;
    for (int hop = 0; hop < PASSING.size(); hop++) {
      if (graph.weights().containsKey(at)) {
        return Optional.of(graph.weights().get(at));
      }
      String wanted = at;
      Optional<Node> maker =
          graph.nodes().stream()
              .filter(node -> node.outputs().contains(wanted) && !node.inputs().isEmpty())
              .filter(node -> PASSING.contains(node.operator()))
              .findFirst();
      if (maker.isEmpty()) {
        return Optional.empty();
      }
      at = maker.get().inputs().getFirst();
    }
    return Optional.empty();
  }

  /** Whether a part's graph file is there. */
  static boolean holds(Path root, String part) {
    return Files.isRegularFile(root.resolve(part).resolve("model.onnx"));
  }
}
