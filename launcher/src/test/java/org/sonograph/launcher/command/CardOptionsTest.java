package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CardOptionsTest {
  private static Map<String, String> settings(String... args) {
    return CommandLine.populateCommand(new CardOptions(), args).settings();
  }

  @Test
  void noCardIsPlayedOnUnlessOneIsNamed() {
    assertThat(settings()).isEmpty();
    assertThat(settings("--card=Scarlett"))
        .containsExactly(Map.entry("sonograph.gallery.live-card", "Scarlett"));
  }

  @Test
  void aRouteWantsACard() {
    assertThat(settings("--route=inverse=1-2,voices=3"))
        .containsEntry("sonograph.gallery.live-card", "default")
        .containsEntry("sonograph.gallery.live-route", "inverse=1-2,voices=3");
    assertThatThrownBy(() -> settings("--route=voices=0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--route=voices=0: 'voices=0', expected reading=channel");
  }
}
