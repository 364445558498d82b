package org.sonograph.ingest.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options as text: one line of {@code name=value&name=value}, encoded as in a web address, or JSON.
 */
public final class RecipeText {
  private RecipeText() {}

  /** Reads the line; empty text has no options. */
  public static Map<String, List<String>> parse(String text) {
    Map<String, List<String>> options = new HashMap<>();
    for (String pair : text.split("&")) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("recipe '" + pair + "', expected name=value&name=value");
      }
      String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8).strip();
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      options.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }
    return options;
  }

  /** Options as {@code {"prompt": "...", "reading": ["red", "chirp"], "steps": 20}}. */
  public static Map<String, List<String>> of(JsonNode object) {
    Map<String, List<String>> options = new HashMap<>();
    object
        .properties()
        .forEach(
            option -> {
              List<String> values = new ArrayList<>();
              (option.getValue().isArray() ? option.getValue() : List.of(option.getValue()))
                  .forEach(value -> values.add(value.asText()));
              options.put(option.getKey(), values);
            });
    return options;
  }
}
