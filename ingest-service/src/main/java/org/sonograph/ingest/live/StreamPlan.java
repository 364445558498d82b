package org.sonograph.ingest.live;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.signal.sound.SampleFormat;

/**
 * What a stream is to be.
 *
 * @param name what it is called in addresses
 * @param source an address, {@code card:NAME}, {@code -} for standard input, a pipe, or a folder
 * @param lost what is heard while the source is lost
 * @param fallback folder of sounds for that
 * @param delaySeconds from the source to the loudspeaker; 0 = two chunks
 * @param network which addresses may be asked
 * @param pcm how the samples of standard input and of pipes lie; rate and channels of a card
 * @param ladder qualities below the full one
 * @param recipe options of its takes
 */
public record StreamPlan(
    String name,
    String source,
    WhenLost lost,
    Optional<Path> fallback,
    double delaySeconds,
    Network network,
    PcmSource.Layout pcm,
    List<Rung> ladder,
    Map<String, List<String>> recipe) {
  /** What takes the place of a lost source. */
  public enum WhenLost {
    HOLD,
    LOOP,
    FALLBACK
  }

  /** Which addresses may be asked, beside public ones. */
  record Network(boolean isAllowed, Set<String> allowed) {}

  /** Names of the options that are not of the recipe. */
  public static final Set<String> OWN =
      Set.of(
          "name",
          "source",
          "when-lost",
          "fallback",
          "delay",
          "allow-private",
          "allow",
          "pcm-rate",
          "pcm-channels",
          "pcm-format",
          "ladder");

  private static final Set<String> FIXED = Set.of("format", "occurrence");
  private static final double MOST_DELAY_SECONDS = 3600;

  public StreamPlan {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException(
          "name=" + name + ", expected small letters, digits and hyphens");
    }
    if (source.isBlank()) {
      throw new IllegalArgumentException(
          "source is missing: an address, card, -, a pipe, or a folder");
    }
    if (lost == WhenLost.FALLBACK && fallback.isEmpty()) {
      throw new IllegalArgumentException("when-lost=fallback, expected a folder in fallback");
    }
  }

  /**
   * Reads a line of options: {@code name=foyer&source=http://...&prompt=...}.
   *
   * @throws IllegalArgumentException in one line, when something is wrong
   */
  public static StreamPlan parse(String text) {
    Map<String, List<String>> all = RecipeText.parse(text);
    Map<String, String> own = new HashMap<>();
    Map<String, List<String>> recipe = new HashMap<>();
    all.forEach(
        (option, values) -> {
          if (OWN.contains(option)) {
            own.put(option, String.join(",", values));
          } else if (FIXED.contains(option)) {
            throw new IllegalArgumentException(option + " means nothing to a stream: leave it out");
          } else {
            recipe.put(option, values);
          }
        });
    recipe.put("format", List.of(ChunkHeaders.NOT_COLLECTED));
    Optional<Path> fallback = Optional.ofNullable(own.get("fallback")).map(Path::of);
    return new StreamPlan(
        own.getOrDefault("name", "live"),
        own.getOrDefault("source", ""),
        lost(own.getOrDefault("when-lost", fallback.isPresent() ? "fallback" : "loop")),
        fallback,
        number(own, "delay", 0, 0, MOST_DELAY_SECONDS),
        new Network(
            Boolean.parseBoolean(own.getOrDefault("allow-private", "false")),
            Arrays.stream(own.getOrDefault("allow", "").split(","))
                .filter(host -> !host.isBlank())
                .map(String::strip)
                .collect(Collectors.toSet())),
        pcm(own),
        Rung.ladder(own.getOrDefault("ladder", "half,quarter,none")),
        Map.copyOf(recipe));
  }

  /** Whether a source is that of a folder or a pipe, and no address, card or standard input. */
  public static boolean isPath(String source) {
    return !Sources.isStandardInput(source)
        && !Sources.isAddress(source)
        && !CardSource.isNamedBy(source);
  }

  private static WhenLost lost(String text) {
    try {
      return WhenLost.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "when-lost=" + text + ", expected hold, loop or fallback", e);
    }
  }

  private static PcmSource.Layout pcm(Map<String, String> own) {
    String format = own.getOrDefault("pcm-format", "s16le");
    SampleFormat samples =
        switch (format) {
          case "u8" -> SampleFormat.U8;
          case "s16le" -> SampleFormat.S16;
          case "s24le" -> SampleFormat.S24;
          case "s32le" -> SampleFormat.S32;
          case "f32le" -> SampleFormat.F32;
          case "f64le" -> SampleFormat.F64;
          default ->
              throw new IllegalArgumentException(
                  "pcm-format=" + format + ", expected u8, s16le, s24le, s32le, f32le or f64le");
        };
    return new PcmSource.Layout(
        (int) number(own, "pcm-rate", 48_000, 1000, 768_000),
        (int) number(own, "pcm-channels", 2, 1, 32),
        samples);
  }

  private static double number(
      Map<String, String> own, String name, double otherwise, double low, double high) {
    String given = own.getOrDefault(name, "");
    try {
      double value = given.isEmpty() ? otherwise : Double.parseDouble(given);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "%s=%s, expected a number from %s to %s".formatted(name, given, low, high));
  }
}
