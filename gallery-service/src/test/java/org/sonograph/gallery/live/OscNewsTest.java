package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.osc.OscMessage;

class OscNewsTest {
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final double NOW = 1_700_000_000_000.0;

  private final LivePlayer player = new LivePlayer(GRID, ms -> {});
  private final List<OscMessage> told = new ArrayList<>();
  private final OscNews news = new OscNews(GRID, "foyer", player, told::add);

  private void run(double fromSeconds, double seconds) {
    for (int block = 0; block < 100 * seconds; block++) {
      news.block(player.render(NOW + 1000 * fromSeconds + 10 * block));
    }
  }

  private List<List<Object>> of(String name) {
    return told.stream()
        .filter(message -> message.address().equals("/sonograph/foyer/" + name))
        .map(OscMessage::arguments)
        .toList();
  }

  @Test
  void tellsEachChunkOnceAndWhatItSays() {
    LiveSounds main = LiveSounds.main(GRID.rateHz(), NOW, LiveSounds.sine(440));
    for (int chunk = 0; chunk < 3; chunk++) {
      player.put(main.piece(chunk));
    }
    run(0, 2.9);

    assertThat(of("chunk"))
        .containsExactly(List.of(0, "main"), List.of(1, "main"), List.of(2, "main"));
    assertThat(of("behind")).hasSize(3);
    assertThat(of("prompt")).containsExactly(List.of("rain"));
    assertThat(of("title")).containsExactly(List.of("rain on main"));
    assertThat(of("state")).containsExactly(List.of("live"));
  }

  @Test
  void tellsTheLevelFourTimesASecond() {
    LiveSounds main = LiveSounds.main(GRID.rateHz(), NOW, LiveSounds.sine(440));
    player.put(main.piece(0));
    player.put(main.piece(1));
    run(0, 2);

    assertThat(of("level")).hasSize(8);
    assertThat((float) of("level").get(4).getFirst())
        .isCloseTo((float) (LiveSounds.AMPLITUDE / Math.sqrt(2)), within(0.01f));
  }
}
