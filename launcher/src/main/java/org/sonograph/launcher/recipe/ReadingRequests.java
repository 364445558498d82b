package org.sonograph.launcher.recipe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.reading.Parameter;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.reading.Readings;
import org.sonograph.signal.reading.Scale;

/** Readings as they are asked for by name. */
public final class ReadingRequests {
  private static final String SCALA = ".scl";

  private ReadingRequests() {}

  /** All readings there are, by name. */
  public static List<Reading> all() {
    return new Readings().all();
  }

  /** The reading of that name. */
  public static Reading named(String name) {
    List<Reading> all = all();
    return all.stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--reading=%s, expected one of %s"
                        .formatted(
                            name,
                            all.stream().map(Reading::name).collect(Collectors.joining(", ")))));
  }

  /**
   * Reads {@code name} or {@code name:parameter=value,parameter=value}. A scale that is named by
   * its Scala file (.scl) is read from there, since a service sees no files of ours.
   *
   * @throws IllegalArgumentException if there is no such reading or parameter, or a value means
   *     nothing; the message says what was expected
   */
  public static ReadingSettings parse(String text) {
    int colon = text.indexOf(':');
    Reading reading = named(colon < 0 ? text : text.substring(0, colon));
    SortedMap<String, String> parameters = new TreeMap<>();
    if (colon >= 0) {
      for (String pair : text.substring(colon + 1).split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException(
              "--reading="
                  + text
                  + ": '"
                  + pair
                  + "', expected name:parameter=value,parameter=value");
        }
        String name = pair.substring(0, equals);
        parameters.put(name, value(reading, name, pair.substring(equals + 1)));
      }
    }
    try {
      reading.check(parameters);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--reading=" + text + ": " + e.getMessage(), e);
    }
    return ReadingSettings.newBuilder().setName(reading.name()).setParameters(parameters).build();
  }

  /** An option as it is, a Scala file in a reading's parameters replaced by what it says. */
  public static OptionList.Given withoutFiles(OptionList.Given given) {
    if (!given.name().equals("reading")
        || !given.value().toLowerCase(Locale.ROOT).contains(SCALA)) {
      return given;
    }
    ReadingSettings read = parse(given.value());
    return new OptionList.Given(
        given.name(),
        read.getName()
            + read.getParameters().entrySet().stream()
                .map(p -> p.getKey() + "=" + p.getValue())
                .collect(Collectors.joining(",", ":", "")));
  }

  private static String value(Reading reading, String name, String value) {
    boolean isScale =
        reading.parameters().stream()
            .anyMatch(p -> p.name().equals(name) && p instanceof Parameter.Pitches);
    if (!isScale || !value.toLowerCase(Locale.ROOT).endsWith(SCALA)) {
      return value;
    }
    try {
      return Scale.fromScala(Files.readString(Path.of(value), StandardCharsets.ISO_8859_1))
          .toText();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NO_INPUT, value + ": no Scala file that can be read (" + name + ")", e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, value + ": " + e.getMessage(), e);
    }
  }
}
