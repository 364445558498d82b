package org.sonograph.launcher.command;

import java.util.Map;
import java.util.TreeMap;
import org.sonograph.gallery.live.Routes;
import org.sonograph.runtime.card.SoundCards;
import picocli.CommandLine.Option;

/** The sound card that a live stream plays on. */
final class CardOptions {
  @Option(
      names = "--card",
      paramLabel = "NAME",
      description = {
        "Play on the sound card with this in its name, or on the system's own choice (default);",
        "it is looked for until it is there, and again when it was gone."
      })
  String card;

  @Option(
      names = "--route",
      paramLabel = "LIST",
      description = {
        "Readings to loudspeakers of their own, such as inverse=1-2,voices=3,bells=4, by the",
        "card's channels (default: all together, left and right)."
      })
  String route;

  /** Settings of gallery-service. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    if (route != null) {
      try {
        Routes.parse(route);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--" + e.getMessage(), e);
      }
      settings.put("sonograph.gallery.live-route", route);
    }
    if (card != null || route != null) {
      settings.put("sonograph.gallery.live-card", card == null ? SoundCards.DEFAULT : card);
    }
    return settings;
  }
}
