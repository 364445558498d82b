package org.sonograph.diffusion.graph;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the protobuf messages of {@code onnx.proto} (ONNX 1.20) by their field numbers. Weights are
 * skipped over, so a file of gigabytes costs no more than its operators.
 */
final class GraphReader {

  private static final int DEEPEST = 64;

  private final List<GraphFile.Value> inputs = new ArrayList<>();
  private final List<GraphFile.Value> outputs = new ArrayList<>();
  private final List<GraphFile.Node> nodes = new ArrayList<>();
  private final Map<String, long[]> weights = new HashMap<>();
  private final List<GraphFile.External> external = new ArrayList<>();
  private final Set<String> ownDomains = new HashSet<>();
  private CodedInputStream in;
  private boolean hasGraph;
  private boolean hasOperatorSet;
  private int depth;

  /** Takes one field; false leaves it to be skipped. */
  private interface Field {
    boolean take(int number, int tag) throws IOException;
  }

  void read(Path file, int size) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      in = CodedInputStream.newInstance(stream);
      in.pushLimit(size);
      fields(this::model);
    }
    if (!hasGraph || !hasOperatorSet) {
      throw new InvalidProtocolBufferException(
          hasGraph ? "it names no operator set" : "it holds no graph");
    }
  }

  GraphFile graph(Path file) {
    inputs.removeIf(input -> weights.containsKey(input.name()));
    return new GraphFile(
        file,
        List.copyOf(inputs),
        List.copyOf(outputs),
        List.copyOf(nodes),
        Map.copyOf(weights),
        List.copyOf(external));
  }

  /** Domains whose operators the file defines itself, as functions. */
  Set<String> ownDomains() {
    return ownDomains;
  }

  private void fields(Field field) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!field.take(WireFormat.getTagFieldNumber(tag), tag)) {
        in.skipField(tag);
      }
    }
  }

  private boolean message(int tag, Field field) throws IOException {
    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    if (++depth > DEEPEST) {
      throw new InvalidProtocolBufferException("graphs within graphs, more than " + DEEPEST);
    }
    int outer = in.pushLimit(in.readRawVarint32());
    fields(field);
    in.checkLastTagWas(0);
    in.popLimit(outer);
    depth--;
    return true;
  }

  private static void require(int tag, int wireType) throws IOException {
    if (WireFormat.getTagWireType(tag) != wireType) {
      throw new InvalidProtocolBufferException(
          "field %d of an unexpected kind".formatted(WireFormat.getTagFieldNumber(tag)));
    }
  }

  private String text(int tag) throws IOException {
    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    return in.readString();
  }

  private long number(int tag) throws IOException {
    require(tag, WireFormat.WIRETYPE_VARINT);
    return in.readRawVarint64();
  }

  /** One number of a repeated field, or all of them packed. */
  private void numbers(int tag, List<Long> into) throws IOException {
    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
      into.add(in.readRawVarint64());
      return;
    }
    require(tag, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    int outer = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      into.add(in.readRawVarint64());
    }
    in.popLimit(outer);
  }

  private boolean model(int number, int tag) throws IOException {
    return switch (number) {
      case 7 -> {
        hasGraph = true;
        yield message(tag, (n, t) -> graph(n, t, true));
      }
      case 8 -> {
        hasOperatorSet = true;
        yield false;
      }
      case 25 -> message(tag, this::function);
      default -> false;
    };
  }

  private boolean function(int number, int tag) throws IOException {
    return switch (number) {
      case 7 -> node(tag);
      case 10 -> ownDomains.add(text(tag)) || true;
      default -> false;
    };
  }

  private boolean graph(int number, int tag, boolean outermost) throws IOException {
    return switch (number) {
      case 1 -> node(tag);
      case 5 -> tensor(tag);
      case 11 -> outermost && inputs.add(value(tag));
      case 12 -> outermost && outputs.add(value(tag));
      case 15 -> message(tag, (n, t) -> (n == 1 || n == 2) && tensor(t));
      default -> false;
    };
  }

  private boolean node(int tag) throws IOException {
    String[] names = {"", ""};
    List<String> from = new ArrayList<>();
    List<String> into = new ArrayList<>();
    List<Long> strides = new ArrayList<>();
    message(
        tag,
        (n, t) ->
            switch (n) {
              case 1 -> from.add(text(t));
              case 2 -> into.add(text(t));
              case 4 -> set(names, 0, text(t));
              case 5 -> attribute(t, strides);
              case 7 -> set(names, 1, text(t));
              default -> false;
            });
    return nodes.add(
        new GraphFile.Node(
            names[0], names[1], List.copyOf(from), List.copyOf(into), array(strides)));
  }

  private static boolean set(String[] values, int index, String value) {
    values[index] = value;
    return true;
  }

  private boolean attribute(int tag, List<Long> strides) throws IOException {
    String[] name = {""};
    List<Long> numbers = new ArrayList<>();
    message(
        tag,
        (n, t) ->
            switch (n) {
              case 1 -> set(name, 0, text(t));
              case 5, 10 -> tensor(t);
              case 6, 11 -> message(t, (gn, gt) -> graph(gn, gt, false));
              case 8 -> {
                numbers(t, numbers);
                yield true;
              }
              case 22, 23 -> message(t, (sn, st) -> (sn == 1 || sn == 2) && tensor(st));
              default -> false;
            });
    if (name[0].equals("strides")) {
      strides.addAll(numbers);
    }
    return true;
  }

  private boolean tensor(int tag) throws IOException {
    String[] name = {""};
    List<Long> shape = new ArrayList<>();
    Map<String, String> where = new HashMap<>();
    message(
        tag,
        (n, t) ->
            switch (n) {
              case 1 -> {
                numbers(t, shape);
                yield true;
              }
              case 8 -> set(name, 0, text(t));
              case 13 -> entry(t, where);
              case 14 -> {
                // data_location 1: outside this file, even where nothing says in which
                if (number(t) == 1) {
                  where.putIfAbsent("location", "");
                }
                yield true;
              }
              default -> false;
            });
    if (!name[0].isEmpty()) {
      weights.put(name[0], array(shape));
    }
    if (!where.isEmpty()) {
      external.add(outside(name[0], where));
    }
    return true;
  }

  private boolean entry(int tag, Map<String, String> into) throws IOException {
    String[] pair = {"", ""};
    message(tag, (n, t) -> (n == 1 || n == 2) && set(pair, n - 1, text(t)));
    into.put(pair[0], pair[1]);
    return true;
  }

  private static GraphFile.External outside(String weight, Map<String, String> where)
      throws IOException {
    try {
      return new GraphFile.External(
          weight,
          where.getOrDefault("location", ""),
          Long.parseLong(where.getOrDefault("offset", "0")),
          Optional.ofNullable(where.get("length")).map(Long::valueOf));
    } catch (NumberFormatException e) {
      throw new InvalidProtocolBufferException(
          "the weight %s lies at %s, expected whole numbers".formatted(weight, where));
    }
  }

  private GraphFile.Value value(int tag) throws IOException {
    String[] name = {""};
    List<Long> shape = new ArrayList<>();
    message(
        tag,
        (n, t) ->
            switch (n) {
              case 1 -> set(name, 0, text(t));
              case 2 ->
                  message(t, (tn, tt) -> tn == 1 && message(tt, (n2, t2) -> dims(n2, t2, shape)));
              default -> false;
            });
    return new GraphFile.Value(name[0], array(shape));
  }

  private boolean dims(int number, int tag, List<Long> shape) throws IOException {
    return number == 2
        && message(
            tag,
            (n, t) -> {
              if (n != 1) {
                return false;
              }
              List<Long> size = new ArrayList<>(List.of(-1L));
              message(t, (dn, dt) -> dn == 1 && size.set(0, number(dt)) != null);
              return shape.add(size.getFirst());
            });
  }

  private static long[] array(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }
}
