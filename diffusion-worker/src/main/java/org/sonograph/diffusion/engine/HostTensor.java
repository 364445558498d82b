package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import org.sonograph.diffusion.DiffusionException;

/**
 * Native memory with a shape, written and read in place, so that a graph neither copies its inputs
 * nor allocates its outputs. Numbers are converted to the graph's own type here and nowhere else.
 */
final class HostTensor implements Opened.Part {

  private static final int ALIGNMENT_BYTES = 64;

  private final Arena arena = Arena.ofShared();
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private final ShortBuffer halves;
  private final OnnxJavaType type;
  private final OnnxTensor tensor;

  HostTensor(OnnxJavaType type, long... shape) {
    this.type = type;
    long count = 1;
    for (long side : shape) {
      count *= side;
    }
    try {
      bytes =
          arena
              .allocate(Math.max(1, count * type.size), ALIGNMENT_BYTES)
              .asByteBuffer()
              .order(ByteOrder.nativeOrder());
      floats = bytes.asFloatBuffer();
      halves = bytes.asShortBuffer();
      tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), bytes, shape, type);
    } catch (OrtException | RuntimeException | OutOfMemoryError e) {
      arena.close();
      throw new DiffusionException(
          DiffusionException.Reason.MEMORY,
          "no memory for a tensor of %d x %s: %s".formatted(count, type, e.getMessage()),
          e);
    }
  }

  OnnxTensor tensor() {
    return tensor;
  }

  /** Writes numbers from an index on. */
  void put(int from, float[] values) {
    switch (type) {
      case FLOAT -> floats.put(from, values);
      case FLOAT16 -> {
        for (int i = 0; i < values.length; i++) {
          halves.put(from + i, Float.floatToFloat16(values[i]));
        }
      }
      default -> throw unexpected("float or float16");
    }
  }

  /** Reads numbers from an index on. */
  void get(int from, float[] values) {
    switch (type) {
      case FLOAT -> floats.get(from, values);
      case FLOAT16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(halves.get(from + i));
        }
      }
      default -> throw unexpected("float or float16");
    }
  }

  /** Writes whole numbers from the start. */
  void put(long[] values) {
    switch (type) {
      case INT64 -> bytes.asLongBuffer().put(0, values);
      case INT32 -> {
        IntBuffer ints = bytes.asIntBuffer();
        for (int i = 0; i < values.length; i++) {
          ints.put(i, (int) values[i]);
        }
      }
      default -> throw unexpected("int64 or int32");
    }
  }

  /** Writes one number; integers take its whole part. */
  void set(int index, double value) {
    switch (type) {
      case FLOAT -> floats.put(index, (float) value);
      case DOUBLE -> bytes.putDouble(index * Double.BYTES, value);
      case FLOAT16 -> halves.put(index, Float.floatToFloat16((float) value));
      case INT64 -> bytes.putLong(index * Long.BYTES, (long) value);
      case INT32 -> bytes.putInt(index * Integer.BYTES, (int) value);
      default -> throw unexpected("a number");
    }
  }

  /** Whether a truth value is true. */
  boolean isSet(int index) {
    return bytes.get(index * type.size) != 0;
  }

  private DiffusionException unexpected(String expected) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL,
        "a graph declares %s, expected %s".formatted(type, expected));
  }

  @Override
  public void close() {
    tensor.close();
    arena.close();
  }
}
