package org.sonograph.runtime.osc;

import com.illposed.osc.BufferBytesReceiver;
import com.illposed.osc.OSCBundle;
import com.illposed.osc.OSCMessage;
import com.illposed.osc.OSCPacket;
import com.illposed.osc.OSCParseException;
import com.illposed.osc.OSCParser;
import com.illposed.osc.OSCSerializeException;
import com.illposed.osc.OSCSerializerAndParserBuilder;
import com.illposed.osc.argument.handler.StringArgumentHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Packets to messages and back. Belongs to one thread. */
final class OscCodec {
  /** A packet of this size passes every network, and holds any prompt. */
  static final int MOST_BYTES = 32 * 1024;

  private static final int ALIGNMENT = 4;
  private static final int DEEPEST_BUNDLE = 8;

  private final OSCSerializerAndParserBuilder builder =
      new OSCSerializerAndParserBuilder()
          .addProperties(Map.of(StringArgumentHandler.PROP_NAME_CHARSET, StandardCharsets.UTF_8));
  private final OSCParser parser = builder.buildParser();

  /**
   * The messages of a packet, those of bundles in their order.
   *
   * @throws IllegalArgumentException where it is no such packet
   */
  List<OscMessage> read(byte[] packet, int length) {
    if (length == 0 || length % ALIGNMENT != 0) {
      throw new IllegalArgumentException(
          "a packet of %d bytes, expected a multiple of %d".formatted(length, ALIGNMENT));
    }
    byte[] bytes = Arrays.copyOf(packet, length);
    String address = hideAddress(bytes);
    List<OscMessage> messages = new ArrayList<>();
    try {
      collect(parser.convert(ByteBuffer.wrap(bytes)), messages, 0);
    } catch (OSCParseException | RuntimeException | StackOverflowError e) {
      // the parser runs over the end of what is cut short
      throw new IllegalArgumentException("no OSC packet: " + reason(e), e);
    }
    return address.isEmpty()
        ? messages
        : List.of(new OscMessage(address, messages.getFirst().arguments()));
  }

  /**
   * The address of a message, "" of anything else. The parser takes no patterns, which may stand in
   * addresses: it gets to see a plain one of the same length.
   */
  private static String hideAddress(byte[] packet) {
    int end = 0;
    while (end < packet.length && packet[end] != 0) {
      end++;
    }
    if (packet[0] != '/' || end == packet.length) {
      return "";
    }
    String address = new String(packet, 0, end, StandardCharsets.UTF_8);
    Arrays.fill(packet, 1, end, (byte) 'x');
    return address;
  }

  private static String reason(Throwable e) {
    return Objects.requireNonNullElse(e.getMessage(), "it is cut short");
  }

  private static void collect(OSCPacket packet, List<OscMessage> messages, int depth) {
    if (packet instanceof OSCMessage message) {
      List<Object> arguments = message.getArguments().stream().map(OscCodec::known).toList();
      messages.add(new OscMessage(message.getAddress(), arguments));
    } else if (packet instanceof OSCBundle bundle && depth < DEEPEST_BUNDLE) {
      bundle.getPackets().forEach(inner -> collect(inner, messages, depth + 1));
    } else {
      throw new IllegalArgumentException("a type of argument, or a bundle, that is not known");
    }
  }

  /** What has no value at all is not null beyond here. */
  private static Object known(Object argument) {
    return argument == null ? new Object() : argument;
  }

  /** A message as a packet. */
  byte[] write(OscMessage message) {
    BufferBytesReceiver bytes = new BufferBytesReceiver(ByteBuffer.allocate(MOST_BYTES));
    try {
      builder.buildSerializer(bytes).write(new OSCMessage(message.address(), message.arguments()));
    } catch (OSCSerializeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return bytes.toByteArray();
  }
}
