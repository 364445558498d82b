package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

  @TempDir Path folder;

  private SetAside.Entry move(String name, int afterSeconds) throws IOException {
    Path what = Files.createDirectories(folder.resolve(name));
    Files.writeString(what.resolve("log"), "torn");
    return SetAside.move(
        what,
        "the broker ended\n  and said much",
        Clock.fixed(NOON.plus(Duration.ofSeconds(afterSeconds)), ZoneOffset.UTC));
  }

  @Test
  void givesADatedNameAndSaysWhyInOneLine() throws IOException {
    SetAside.Entry entry = move("kafka", 0);
    assertThat(folder.resolve("kafka")).doesNotExist();
    assertThat(entry.path()).isEqualTo(folder.resolve("kafka.set-aside-2026-11-29T12-00-00"));
    assertThat(entry.path().resolve("log")).hasContent("torn");
    assertThat(entry.text()).endsWith("T12-00-00 (the broker ended)");
    assertThat(SetAside.ofProcess()).contains(entry);
  }

  @Test
  void twoOfOneSecondHaveTheirOwnNames() throws IOException {
    move("kafka", 0);
    assertThat(move("kafka", 0).path().getFileName())
        .hasToString("kafka.set-aside-2026-11-29T12-00-00-2");
  }

  @Test
  void keepsTheNewestOfEachNameAlone() throws IOException {
    move("registry", 0);
    for (int i = 0; i < SetAside.KEPT + 3; i++) {
      move("kafka", i);
    }
    assertThat(SetAside.in(folder))
        .extracting(path -> path.getFileName().toString())
        .containsExactly(
            "kafka.set-aside-2026-11-29T12-00-03",
            "kafka.set-aside-2026-11-29T12-00-04",
            "registry.set-aside-2026-11-29T12-00-00");
  }

  @Test
  void findsWhatLiesDeeperButNotWithinWhatIsSetAside() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("out/.live/foyer"));
    Path piece = Files.writeString(deep.resolve("1.flac"), "torn");
    Path moved = SetAside.move(piece, "no sound").path();
    Files.createDirectories(folder.resolve("kafka/inner.set-aside-2026-11-29T12-00-00"));
    Path whole = move("kafka", 0).path();
    assertThat(SetAside.in(folder)).containsExactly(whole, moved);
    assertThat(SetAside.in(folder.resolve("nowhere"))).isEmpty();
  }
}
