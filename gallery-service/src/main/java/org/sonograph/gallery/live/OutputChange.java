package org.sonograph.gallery.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked to be changed about how a stream is heard; what is not named stays.
 *
 * @param volume level of everything, 0 to 1
 * @param mix gains of readings, 0 to 4; a reading alone, or each of several that are even, has 1
 * @param panic silence, or sound again
 */
record OutputChange(Optional<Double> volume, Map<String, Double> mix, Optional<Boolean> panic) {
  private static final double MOST_GAIN = 4;
  private static final String EXPECTED =
      "expected an object with volume (0 to 1), mix (gains of readings, 0 to 4), panic (true or"
          + " false)";

  /**
   * Reads a request's body.
   *
   * @param readings those that the stream has now
   * @throws IllegalArgumentException where it is not what was expected
   */
  static OutputChange read(JsonNode body, List<String> readings) {
    if (!body.isObject() || body.isEmpty()) {
      throw new IllegalArgumentException("nothing to change, " + EXPECTED);
    }
    Optional<Double> volume = Optional.empty();
    Optional<Boolean> panic = Optional.empty();
    Map<String, Double> mix = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "volume" -> volume = Optional.of(number("volume", value, 1));
        case "panic" -> panic = Optional.of(flag(value));
        case "mix" -> mix.putAll(mix(value, readings));
        default ->
            throw new IllegalArgumentException(
                "unknown: " + plain(field.getKey()) + ", " + EXPECTED);
      }
    }
    return new OutputChange(volume, mix, panic);
  }

  private static Map<String, Double> mix(JsonNode value, List<String> readings) {
    if (!value.isObject()) {
      throw new IllegalArgumentException("mix, expected an object of gains by reading");
    }
    Map<String, Double> mix = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> gain : value.properties()) {
      if (!readings.contains(gain.getKey())) {
        throw new IllegalArgumentException(
            "mix: %s, expected one of %s"
                .formatted(plain(gain.getKey()), String.join(", ", readings)));
      }
      mix.put(gain.getKey(), number("mix." + gain.getKey(), gain.getValue(), MOST_GAIN));
    }
    return mix;
  }

  private static double number(String name, JsonNode value, double most) {
    double number = value.isNumber() ? value.asDouble() : Double.NaN;
    if (!(number >= 0 && number <= most)) {
      throw new IllegalArgumentException(
          "%s=%s, expected a number from 0 to %s".formatted(name, plain(value.toString()), most));
    }
    return number;
  }

  private static boolean flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "panic=%s, expected true or false".formatted(plain(value.toString())));
    }
    return value.asBoolean();
  }

  private static String plain(String text) {
    String plain = text.replaceAll("[^\\w.\"-]", "?");
    return plain.substring(0, Math.min(plain.length(), 40));
  }

  void apply(LivePlayer player) {
    volume.ifPresent(player::volume);
    player.mix(mix);
    panic.ifPresent(player::panic);
  }
}
