package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackPortsTest {
  /** Where Linux and macOS begin to give ports to outgoing connections. */
  private static final int FIRST_EPHEMERAL = 32_768;

  @Test
  void noPortIsGivenTwiceNorTakenFromOutgoingConnections() {
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ports.addAll(LoopbackPorts.free(2));
    }
    assertThat(ports).doesNotHaveDuplicates().allMatch(p -> p < FIRST_EPHEMERAL);
  }
}
