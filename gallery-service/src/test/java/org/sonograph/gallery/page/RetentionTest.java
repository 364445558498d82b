package org.sonograph.gallery.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RetentionTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path out;
  private final List<String> removed = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Shelf shelf;
  private Remover.Removal answer = Remover.Removal.REMOVED;

  @AfterEach
  void close() {
    shelf.close();
  }

  private void take(String name, String state, int days, int bytes) throws IOException {
    Path folder = Files.createDirectories(out.resolve(name).resolve("art")).getParent();
    Files.write(folder.resolve("art/000000.png"), new byte[bytes]);
    Path track = folder.resolve("track.json");
    Files.writeString(track, "{\"take\": \"%s\", \"state\": \"%s\"}".formatted(name, state));
    Files.setLastModifiedTime(track, FileTime.fromMillis(NOW - days * DAY));
  }

  private Retention keeping(Duration age, long bytes) throws InterruptedException {
    shelf = Shelf.open(out);
    while (!shelf.isRead()) {
      Thread.sleep(10);
    }
    Remover remover =
        take -> {
          if (answer == Remover.Removal.REMOVED) {
            removed.add(take);
            shelf.tell(new News.Deleted(take));
          }
          return CompletableFuture.completedFuture(answer);
        };
    return new Retention(shelf, remover, new Retention.Limits(age, bytes), meters);
  }

  private double counted(String reason) {
    return meters.get("sonograph.gallery.removed").tag("reason", reason).counter().count();
  }

  @Test
  void deletesWhatIsTooOldButNotWhatIsStarredOrBeingMade() throws Exception {
    take("old", "complete", 31, 10);
    take("loved", "complete", 99, 10);
    take("under-way", "collecting", 40, 10);
    take("failed", "failed", 32, 10);
    take("new", "complete", 29, 10);
    Retention retention = keeping(MONTH, 0);
    shelf.star("loved", true);

    retention.tidy(NOW);

    assertThat(removed).containsExactly("failed", "old");
    assertThat(counted("age")).isEqualTo(2);
  }

  @Test
  void makesRoomOldestFirstAndCountsWhatIsStarred() throws Exception {
    take("loved", "complete", 9, 4_000_000);
    take("first", "complete", 8, 4_000_000);
    take("second", "complete", 7, 4_000_000);
    take("third", "complete", 6, 4_000_000);
    Retention retention = keeping(Duration.ZERO, 9_000_000);
    shelf.star("loved", true);

    retention.tidy(NOW);
    assertThat(removed).containsExactly("first", "second");
    assertThat(counted("size")).isEqualTo(2);

    retention.tidy(NOW);
    assertThat(removed).as("there is room now").hasSize(2);
  }

  @Test
  void measuresATakeAgainThatWasWrittenAgain() throws Exception {
    take("first", "complete", 8, 1_000_000);
    take("second", "complete", 7, 1_000_000);
    Retention retention = keeping(Duration.ZERO, 3_000_000);
    retention.tidy(NOW);
    assertThat(removed).isEmpty();

    take("second", "complete", 1, 9_000_000);
    shelf.tell(new News.Changed("second", out.resolve("second")));
    while (shelf.of("second").orElseThrow().madeMs() != NOW - DAY) {
      Thread.sleep(10);
    }
    retention.tidy(NOW);
    assertThat(removed).containsExactly("first", "second");
  }

  @Test
  void triesAgainLaterWhatCannotGoNow() throws Exception {
    take("old", "complete", 31, 10);
    Retention retention = keeping(MONTH, 0);
    answer = Remover.Removal.BUSY;
    retention.tidy(NOW);
    assertThat(removed).isEmpty();

    answer = Remover.Removal.REMOVED;
    retention.tidy(NOW);
    assertThat(removed).containsExactly("old");
  }
}
