package org.sonograph.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prompts along a track, such as {@code 0s: calm sea; 30s: storm}: before the first time its
 * prompt, after the last time its prompt, between two the way from one to the other.
 *
 * @param stations in the order of their times, at least one
 */
public record PromptSchedule(List<Station> stations) {

  /**
   * A prompt and when it is reached.
   *
   * @param seconds since the track's start
   */
  public record Station(double seconds, String prompt) {}

  /**
   * What is painted at one moment.
   *
   * @param prompt the last station's
   * @param next the next station's
   * @param share how far it is from the one to the other, 0 to 1
   */
  public record Moment(String prompt, String next, double share) {}

  private static final String TIME =
      "(?:(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|min|h)?|(\\d+):([0-5]?\\d(?:\\.\\d+)?))";

  /** A time, a colon, and a prompt up to the next time after a semicolon. */
  private static final Pattern STATION =
      Pattern.compile(
          "\\G\\s*"
              + TIME
              + "\\s*:(?!\\d)\\s*(.*?)\\s*(?:$|;(?=\\s*(?:$|"
              + TIME
              + "\\s*:(?!\\d))))",
          Pattern.DOTALL);

  public PromptSchedule {
    stations = List.copyOf(stations);
    for (int i = 1; i < stations.size(); i++) {
      if (!(stations.get(i).seconds() > stations.get(i - 1).seconds())) {
        throw refused(
            "%s s after %s s, expected times that rise"
                .formatted(stations.get(i).seconds(), stations.get(i - 1).seconds()));
      }
    }
  }

  /**
   * Reads a schedule.
   *
   * @throws DiffusionException where it is none
   */
  public static PromptSchedule parse(String text) {
    List<Station> stations = new ArrayList<>();
    Matcher matcher = STATION.matcher(text);
    int end = 0;
    while (end < text.length() && !text.substring(end).isBlank()) {
      if (!matcher.find(end)) {
        throw refused(
            "\"%s\", expected \"TIME: PROMPT; TIME: PROMPT ...\" with times such as 30s, 1:30 or 2m"
                .formatted(text.substring(end).strip()));
      }
      stations.add(new Station(seconds(matcher), matcher.group(5)));
      end = matcher.end();
    }
    if (stations.isEmpty()) {
      throw refused("no prompt, expected \"TIME: PROMPT; TIME: PROMPT ...\"");
    }
    return new PromptSchedule(stations);
  }

  private static double seconds(Matcher matcher) {
    if (matcher.group(3) != null) {
      return 60 * Double.parseDouble(matcher.group(3)) + Double.parseDouble(matcher.group(4));
    }
    double number = Double.parseDouble(matcher.group(1));
    return switch (matcher.group(2)) {
      case null -> number;
      case "ms" -> number / 1000;
      case "m", "min" -> number * 60;
      case "h" -> number * 3600;
      default -> number;
    };
  }

  /** What is painted at a time after the track's start. */
  public Moment at(double seconds) {
    int index = 0;
    while (index < stations.size() - 1 && stations.get(index + 1).seconds() <= seconds) {
      index++;
    }
    Station here = stations.get(index);
    if (index == stations.size() - 1 || seconds <= here.seconds()) {
      return new Moment(here.prompt(), "", 0);
    }
    Station next = stations.get(index + 1);
    double share = (seconds - here.seconds()) / (next.seconds() - here.seconds());
    return new Moment(here.prompt(), next.prompt(), share);
  }

  private static DiffusionException refused(String why) {
    return new DiffusionException(DiffusionException.Reason.REQUEST, "prompt schedule: " + why);
  }
}
