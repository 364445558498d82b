package org.sonograph.diffusion.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes ONNX files of a few bytes, good ones and bad ones. Each call gives a new graph. */
public final class TinyGraph {

  private final ByteString fields;

  public TinyGraph() {
    this(ByteString.EMPTY);
  }

  private TinyGraph(ByteString fields) {
    this.fields = fields;
  }

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static ByteString message(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  private TinyGraph with(int field, ByteString message) {
    return new TinyGraph(fields.concat(message(out -> out.writeBytes(field, message))));
  }

  public TinyGraph input(String name, long... shape) {
    return with(11, value(name, shape));
  }

  public TinyGraph output(String name, long... shape) {
    return with(12, value(name, shape));
  }

  private static ByteString value(String name, long... shape) {
    ByteString dims =
        message(
            out -> {
              for (long size : shape) {
                out.writeBytes(1, message(dim -> size(dim, size)));
              }
            });
    ByteString tensor =
        message(
            out -> {
              out.writeInt32(1, 1);
              out.writeBytes(2, dims);
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeBytes(2, message(type -> type.writeBytes(1, tensor)));
        });
  }

  private static void size(CodedOutputStream out, long size) throws IOException {
    if (size < 0) {
      out.writeString(2, "any");
    } else {
      out.writeInt64(1, size);
    }
  }

  public TinyGraph weight(String name, long... shape) {
    return with(
        5,
        message(
            out -> {
              for (long size : shape) {
                out.writeInt64(1, size);
              }
              out.writeString(8, name);
              out.writeByteArray(9, new byte[200]);
            }));
  }

  /** A weight of 8 bytes in another file. */
  public TinyGraph external(String name, String location, long offset) {
    return with(5, externalTensor(name, location, offset));
  }

  private static ByteString externalTensor(String name, String location, long offset) {
    return message(
        out -> {
          out.writeInt64(1, 2);
          out.writeInt32(2, 1);
          out.writeString(8, name);
          out.writeBytes(13, entry("location", location));
          out.writeBytes(13, entry("offset", Long.toString(offset)));
          out.writeBytes(13, entry("length", "8"));
          out.writeInt32(14, 1);
        });
  }

  private static ByteString entry(String key, String value) {
    return message(
        out -> {
          out.writeString(1, key);
          out.writeString(2, value);
        });
  }

  public TinyGraph node(String operator, String domain) {
    return with(1, node(operator, domain, ByteString.EMPTY));
  }

  private static ByteString node(String operator, String domain, ByteString more) {
    return message(
            out -> {
              out.writeString(4, operator);
              out.writeString(7, domain);
            })
        .concat(more);
  }

  public TinyGraph cast(String from, String into) {
    return with(
        1,
        node(
            "Cast",
            "",
            message(
                out -> {
                  out.writeString(1, from);
                  out.writeString(2, into);
                })));
  }

  public TinyGraph convolution(String input, String weight, int stride) {
    ByteString strides =
        message(
            out -> {
              out.writeString(1, "strides");
              out.writeInt64(8, stride);
              out.writeInt64(8, stride);
            });
    return with(
        1,
        node(
            "Conv",
            "",
            message(
                out -> {
                  out.writeString(1, input);
                  out.writeString(1, weight);
                  out.writeBytes(5, strides);
                })));
  }

  /** A branch whose inner graph holds an external weight. */
  public TinyGraph branch(String location) {
    ByteString inner = message(out -> out.writeBytes(5, externalTensor("deep", location, 0)));
    ByteString attribute =
        message(
            out -> {
              out.writeString(1, "then_branch");
              out.writeBytes(6, inner);
            });
    return with(1, node("If", "", message(out -> out.writeBytes(5, attribute))));
  }

  public byte[] bytes() {
    return bytes("");
  }

  /** The file, with a function of its own in a domain where one is named. */
  public byte[] bytes(String ownDomain) {
    return message(
            out -> {
              out.writeInt64(1, 8);
              out.writeBytes(7, fields);
              out.writeBytes(8, message(set -> set.writeInt64(2, 17)));
              if (!ownDomain.isEmpty()) {
                out.writeBytes(25, message(function -> function.writeString(10, ownDomain)));
              }
            })
        .toByteArray();
  }
}
