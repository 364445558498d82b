package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private static final int ASKS = 300;

  @Test
  void letsLanesThatFindNothingAskInTurn() throws InterruptedException {
    Places places = new Places(1);
    List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    List<Thread> lanes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int lane = i;
      lanes.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (places.await() > 0) {
                        asked.add(lane);
                        Thread.sleep(1);
                        if (asked.size() >= ASKS) {
                          places.close();
                        }
                        places.answered(0, 0);
                      }
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }));
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    for (int lane = 0; lane < 3; lane++) {
      assertThat(Collections.frequency(asked, lane)).isBetween(80, 120);
    }
  }
}
