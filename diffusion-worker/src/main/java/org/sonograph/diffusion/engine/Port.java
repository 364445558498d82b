package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxJavaType;
import java.util.Arrays;

/**
 * One input or output of a graph.
 *
 * @param shape -1 where any size goes; empty for a single number
 */
record Port(String name, OnnxJavaType type, long[] shape) {

  /** Size along an axis, or a default where any size goes. */
  int fixed(int axis, int absent) {
    return axis < shape.length && shape[axis] > 0 ? (int) shape[axis] : absent;
  }

  @Override
  public String toString() {
    return name + " " + type + Arrays.toString(shape);
  }
}
