package org.sonograph.launcher.command;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sonograph.runtime.Hours;
import picocli.CommandLine.Option;

/** How a live stream is controlled while it runs. */
final class ControlOptions {
  private static final Pattern LISTEN = Pattern.compile("(?:(?:\\[(.+)]|([^:]+)):)?(\\d{1,5})");

  @Option(
      names = "--osc",
      paramLabel = "[HOST:]PORT",
      description = {
        "Listen to Open Sound Control on this UDP port: /sonograph/NAME/prompt and so on; on this",
        "machine alone unless an address is named, such as 0.0.0.0:7464, and then open to whoever",
        "reaches it (default: none)."
      })
  String osc;

  @Option(
      names = "--osc-out",
      paramLabel = "HOST:PORT",
      description =
          "Tell this address over Open Sound Control of what is heard; may be given several times.")
  List<String> oscOut = new ArrayList<>();

  @Option(
      names = "--hours",
      paramLabel = "SPANS",
      description = {
        "When it is heard, by the machine's own time zone:"
            + " 10:00-18:00,Mon-Fri,11:00-20:00,Sat,Sun;",
        "outside it fades to silence, and nothing is computed (default: always)."
      })
  String hours;

  @Option(
      names = "--quiet",
      paramLabel = "SPANS",
      description =
          "When it is quieter, and how loud then: 22:00-07:00=0.3,Mon-Fri (default: never).")
  String quiet;

  /**
   * The same as settings of the services.
   *
   * @throws IllegalArgumentException in one line, where something is wrong
   */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (osc != null) {
      Matcher listen = LISTEN.matcher(osc);
      if (!listen.matches()) {
        throw new IllegalArgumentException(
            "--osc=%s, expected a UDP port, or ADDRESS:PORT".formatted(osc));
      }
      String host = listen.group(1) == null ? listen.group(2) : listen.group(1);
      if (host != null) {
        settings.put("sonograph.osc.host", host);
      }
      settings.put("sonograph.osc.port", listen.group(3));
    }
    if (!oscOut.isEmpty()) {
      settings.put("sonograph.osc.out", String.join(",", oscOut));
    }
    Hours.parse(hours == null ? "" : hours, quiet == null ? "" : quiet, ZoneId.systemDefault());
    if (hours != null) {
      settings.put("sonograph.hours.open", hours);
    }
    if (quiet != null) {
      settings.put("sonograph.hours.quiet", quiet);
    }
    return settings;
  }
}
