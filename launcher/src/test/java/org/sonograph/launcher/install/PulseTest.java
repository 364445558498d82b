package org.sonograph.launcher.install;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final List<String> told = new ArrayList<>();
  private boolean isWell;
  private boolean isDeaf;

  private final Pulse pulse =
      new Pulse(
          () -> isWell,
          words -> {
            if (isDeaf) {
              throw new IOException("no such socket");
            }
            told.add(words);
          });

  @Test
  void saysNothingBeforeTheStartIsOverAndNothingWhileNotWell() throws Exception {
    pulse.beat();
    assertThat(told).isEmpty();
    isWell = true;
    pulse.beat();
    pulse.beat();
    assertThat(told).containsExactly("READY=1", "WATCHDOG=1");
    isWell = false;
    pulse.beat();
    assertThat(told).hasSize(2);
    isWell = true;
    pulse.beat();
    assertThat(told).containsExactly("READY=1", "WATCHDOG=1", "WATCHDOG=1");
  }

  @Test
  void saysThatItIsReadyUntilThatWasHeard() throws Exception {
    isWell = true;
    isDeaf = true;
    pulse.beat();
    isDeaf = false;
    pulse.beat();
    assertThat(told).containsExactly("READY=1");
  }
}
