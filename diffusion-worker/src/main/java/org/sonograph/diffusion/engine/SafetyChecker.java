package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxTensor;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

/**
 * A folder's own checker of pictures, as Stable Diffusion 1 brings one: it looks at a picture the
 * way CLIP does and says whether it should be shown. Not thread-safe.
 */
final class SafetyChecker implements Opened.Part {

  private static final String PART = "safety_checker";
  private static final String SMALL = "clip_input";
  private static final String WHOLE = "images";
  private static final int SIDE = 224;
  private static final double[] CLIP_MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] CLIP_DEVIATION = {0.26862954, 0.26130258, 0.27577711};

  private final Graph graph;
  private final int side;
  private final double[] mean;
  private final double[] deviation;

  private SafetyChecker(Path root, Sessions sessions) {
    FolderGraphs.graph(root, PART, FolderGraphs.roots(root));
    JsonNode config = FolderJson.read(root.resolve("feature_extractor/preprocessor_config.json"));
    JsonNode size = config.path("crop_size");
    side = size.isObject() ? size.path("height").asInt(SIDE) : size.asInt(SIDE);
    mean = numbers(config.path("image_mean"), CLIP_MEAN);
    deviation = numbers(config.path("image_std"), CLIP_DEVIATION);
    graph = new Graph(root.resolve(PART).resolve("model.onnx"), Graph.Use.ONCE_A_PICTURE, sessions);
  }

  /** Opens the checker of a folder that has one. */
  static Optional<SafetyChecker> of(Path root, Sessions sessions) {
    return FolderGraphs.holds(root, PART)
        ? Optional.of(new SafetyChecker(root, sessions))
        : Optional.empty();
  }

  private static double[] numbers(JsonNode list, double[] absent) {
    double[] values = absent.clone();
    for (int i = 0; i < values.length && list.size() == values.length; i++) {
      values[i] = list.get(i).asDouble();
    }
    return values;
  }

  /** Whether a picture should not be shown. */
  boolean flags(Picture picture) {
    Port small = graph.input(SMALL);
    Port flag = graph.output("has_nsfw_concepts");
    long[] whole = {1, picture.height(), picture.width(), 3};
    try (HostTensor looked = new HostTensor(small.type(), 1, 3, side, side);
        HostTensor shown = new HostTensor(graph.inputs().getOrDefault(WHOLE, small).type(), whole);
        HostTensor flags = new HostTensor(flag.type(), 1)) {
      looked.put(0, normalised(cropped(picture)));
      shown.put(0, interleaved(picture));
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put(SMALL, looked.tensor());
      inputs.put(WHOLE, shown.tensor());
      inputs.keySet().retainAll(graph.inputs().keySet());
      graph.run(inputs, Map.of(flag.name(), flags.tensor()));
      return flags.isSet(0);
    }
  }

  /** The middle square, its side made the checker's by Pillow's bicubic. */
  private Picture cropped(Picture picture) {
    int shorter = Math.min(picture.width(), picture.height());
    int width = Math.max(side, (int) ((long) picture.width() * side / shorter));
    int height = Math.max(side, (int) ((long) picture.height() * side / shorter));
    Picture small =
        PillowResize.resize(picture.toRgb(), width, height, PillowResize.Filter.BICUBIC);
    int left = (width - side) / 2;
    int top = (height - side) / 2;
    byte[] square = new byte[3 * side * side];
    for (int row = 0; row < side; row++) {
      System.arraycopy(
          small.samples(), 3 * ((top + row) * width + left), square, 3 * row * side, 3 * side);
    }
    return Picture.rgb(side, side, square);
  }

  /** RGB to {@code [3][row][column]}, each colour of CLIP's mean 0 and deviation 1. */
  private float[] normalised(Picture square) {
    int cells = side * side;
    float[] planes = new float[3 * cells];
    for (int i = 0; i < cells; i++) {
      for (int c = 0; c < 3; c++) {
        double unit = (square.samples()[3 * i + c] & 0xff) / 255.0;
        planes[c * cells + i] = (float) ((unit - mean[c]) / deviation[c]);
      }
    }
    return planes;
  }

  /** RGB to {@code [row][column][3]}, 0 to 1. */
  private static float[] interleaved(Picture picture) {
    byte[] samples = picture.toRgb().samples();
    float[] unit = new float[samples.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (samples[i] & 0xff) / 255f;
    }
    return unit;
  }

  @Override
  public void close() {
    graph.close();
  }
}
