package org.sonograph.runtime.osc;

import java.util.Arrays;
import java.util.List;

/**
 * One message.
 *
 * @param address as in {@code /sonograph/foyer/prompt}
 * @param arguments whole numbers, floats, texts, truth values; anything else stays what the codec
 *     makes of it
 */
public record OscMessage(String address, List<Object> arguments) {
  /** First part of all addresses. */
  public static final String ROOT = "/sonograph/";

  /** Address of answers to what was wrong: the address that was asked for, and why. */
  public static final String ERROR = ROOT + "error";

  /** Whole numbers below this are the same as floats. */
  private static final double EXACT_IN_FLOAT = 1 << 24;

  public OscMessage {
    arguments = List.copyOf(arguments);
  }

  /** A message of some arguments. */
  public static OscMessage of(String address, Object... arguments) {
    return new OscMessage(address, Arrays.asList(arguments));
  }

  /**
   * The arguments as text: a float that is whole without its fraction, since many controllers send
   * nothing but floats.
   *
   * @throws IllegalArgumentException where one is neither text, number nor truth value
   */
  public static List<String> texts(List<Object> arguments) {
    return arguments.stream().map(OscMessage::text).toList();
  }

  private static String text(Object argument) {
    return switch (argument) {
      case String s -> s;
      case Number n -> number(n);
      case Boolean b -> b.toString();
      case Character c -> c.toString();
      default ->
          throw new IllegalArgumentException(
              "an argument is neither text nor a number, expected s, i, h, f, d, T or F");
    };
  }

  private static String number(Number number) {
    double value = number.doubleValue();
    boolean isWhole = value == Math.rint(value) && Math.abs(value) < EXACT_IN_FLOAT;
    return isWhole ? Long.toString((long) value) : number.toString();
  }
}
