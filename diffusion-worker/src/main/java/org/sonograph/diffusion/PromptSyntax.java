package org.sonograph.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How a prompt's characters are read. */
public enum PromptSyntax {
  /** Literally, and cut at the text encoder's length. */
  PLAIN("plain"),
  /**
   * {@code (word:1.3)} weighs a word, {@code (word)} by 1.1, {@code [word]} by 1/1.1; a backslash
   * before a bracket makes it a letter.
   */
  WEIGHTS("weights"),
  /** Literally, in as many pieces of the text encoder's length as it takes. */
  LONG("long"),
  /** Weights and any length. */
  WEIGHTS_LONG("weights,long");

  private final String text;

  PromptSyntax(String text) {
    this.text = text;
  }

  /** The name on the command line and in messages. */
  public String text() {
    return text;
  }

  public boolean hasWeights() {
    return this == WEIGHTS || this == WEIGHTS_LONG;
  }

  public boolean isLong() {
    return this == LONG || this == WEIGHTS_LONG;
  }

  /**
   * Reads a name, or several with commas between; "" is {@link #PLAIN}.
   *
   * @throws DiffusionException where a name is unknown
   */
  public static PromptSyntax parse(String names) {
    if (names.isEmpty()) {
      return PLAIN;
    }
    Set<String> parts = new TreeSet<>(Arrays.asList(names.split("\\s*,\\s*", -1)));
    return Arrays.stream(values())
        .filter(syntax -> parts.equals(new TreeSet<>(List.of(syntax.text.split(",")))))
        .findFirst()
        .orElseThrow(
            () ->
                new DiffusionException(
                    DiffusionException.Reason.REQUEST,
                    "prompt-syntax=%s, expected plain, weights, long or weights,long"
                        .formatted(names)));
  }
}
