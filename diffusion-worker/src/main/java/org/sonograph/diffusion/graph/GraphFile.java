package org.sonograph.diffusion.graph;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sonograph.diffusion.DiffusionException;

/**
 * What an ONNX file says of itself.
 *
 * @param file the file
 * @param inputs what has to be given, without weights
 * @param outputs what comes out
 * @param nodes operations in the order of the file, those of inner graphs included
 * @param weights shapes of the weights by name
 * @param external weights that lie in other files
 */
public record GraphFile(
    Path file,
    List<Value> inputs,
    List<Value> outputs,
    List<Node> nodes,
    Map<String, long[]> weights,
    List<External> external) {

  /** Domains of operators that ONNX Runtime brings; "" is ONNX's own. */
  private static final Set<String> KNOWN_DOMAINS =
      Set.of(
          "",
          "ai.onnx",
          "ai.onnx.ml",
          "com.microsoft",
          "com.microsoft.nchwc",
          "com.ms.internal.nhwc");

  /**
   * An input or output.
   *
   * @param shape -1 where any size goes; empty for a single number
   */
  public record Value(String name, long[] shape) {

    /** Size along an axis, or a default where any size goes. */
    public int fixed(int axis, int absent) {
      return axis < shape.length && shape[axis] > 0 ? (int) shape[axis] : absent;
    }
  }

  /**
   * One operation.
   *
   * @param domain whose operator it is; "" is ONNX's own
   * @param strides steps along each axis of a convolution; empty where it says none
   */
  public record Node(
      String operator, String domain, List<String> inputs, List<String> outputs, long[] strides) {}

  /**
   * A weight in another file.
   *
   * @param location path as the graph writes it
   * @param offset first byte
   * @param length number of bytes; empty takes the file to its end
   */
  public record External(String weight, String location, long offset, Optional<Long> length) {}

  /**
   * Reads a file.
   *
   * @throws DiffusionException where it is no ONNX graph, is cut off, or uses operators that the
   *     runtime does not have
   */
  public static GraphFile read(Path file) {
    try {
      long size = Files.size(file);
      if (size >= Integer.MAX_VALUE) {
        throw refused(
            file, "%d bytes, expected less than 2 GiB with the weights beside it".formatted(size));
      }
      GraphReader reader = new GraphReader();
      reader.read(file, (int) size);
      GraphFile graph = reader.graph(file);
      graph.refuseUnknownDomains(reader.ownDomains());
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw refused(file, "cut off, or no ONNX graph: " + e.getMessage(), e);
    } catch (IOException e) {
      throw refused(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private void refuseUnknownDomains(Set<String> own) {
    Set<String> unknown = new TreeSet<>();
    for (Node node : nodes) {
      if (!KNOWN_DOMAINS.contains(node.domain()) && !own.contains(node.domain())) {
        unknown.add(node.domain() + "." + node.operator());
      }
    }
    if (!unknown.isEmpty()) {
      throw refused(
          file,
          "asks for the operators %s, expected only those of ONNX and com.microsoft, which the runtime brings"
              .formatted(String.join(", ", unknown)));
    }
  }

  /**
   * Refuses weights that lie outside the folder, are not there, or are cut off.
   *
   * @param roots real folders of which one must hold each file, once links are followed
   */
  public void requireWeights(List<Path> roots) {
    for (External weight : external) {
      Path data = place(weight);
      try {
        if (!Files.isRegularFile(data)) {
          throw refused(file, "its weights in %s are missing".formatted(weight.location()));
        }
        Path real = data.toRealPath();
        if (roots.stream().noneMatch(real::startsWith)) {
          throw outside(weight);
        }
        long size = Files.size(real);
        long end = weight.offset() + weight.length().orElse(0L);
        if (weight.offset() < 0 || end < weight.offset() || end > size) {
          throw refused(
              file,
              "%s is cut off: %d bytes, but the weight %s ends at byte %d"
                  .formatted(weight.location(), size, weight.weight(), end));
        }
      } catch (IOException e) {
        throw refused(file, "%s cannot be read: %s".formatted(data, e.getMessage()), e);
      }
    }
  }

  private Path place(External weight) {
    String location = weight.location().replace('\\', '/');
    boolean absolute = location.startsWith("/") || location.matches("^[A-Za-z]:.*");
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (location.isEmpty() || absolute || location.indexOf('\0') >= 0) {
      throw outside(weight);
    }
    Path data = folder.resolve(location).normalize();
    if (!data.startsWith(folder) || data.equals(folder)) {
      throw outside(weight);
    }
    return file.toAbsolutePath().getParent().resolve(location).normalize();
  }

  private DiffusionException outside(External weight) {
    return refused(
        file,
        "names \"%s\" as the file of its weights, expected a file in its own folder"
            .formatted(weight.location()));
  }

  private static DiffusionException refused(Path file, String why) {
    return new DiffusionException(DiffusionException.Reason.MODEL, "%s: %s".formatted(file, why));
  }

  private static DiffusionException refused(Path file, String why, Exception cause) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL, "%s: %s".formatted(file, why), cause);
  }

  /** An input by name. */
  public Optional<Value> input(String name) {
    return inputs.stream().filter(value -> value.name().equals(name)).findFirst();
  }

  /** An output by name. */
  public Optional<Value> output(String name) {
    return outputs.stream().filter(value -> value.name().equals(name)).findFirst();
  }
}
