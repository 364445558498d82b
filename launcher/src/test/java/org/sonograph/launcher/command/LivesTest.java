package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.DataPart;
import org.sonograph.launcher.embedded.TornException;
import org.sonograph.runtime.SetAside;

class LivesTest {
  @TempDir Path data;
  private final AtomicInteger pauses = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();

  /** Ends the lives when nothing more is to happen. */
  private static final class Over extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private void live(Exception... deaths) throws Exception {
    Deque<Exception> next = new ArrayDeque<>(List.of(deaths));
    new Lives(Terminal.ofProcess(), data, pauses::incrementAndGet)
        .live(
            () -> {
              throw next.isEmpty() ? new Over() : next.pop();
            },
            ends::incrementAndGet);
  }

  private List<String> setAside() throws IOException {
    return SetAside.in(data).stream()
        .map(path -> path.getFileName().toString().replaceFirst("\\.set-aside-.*", ""))
        .toList();
  }

  private void folders(String... names) throws IOException {
    for (String name : names) {
      Files.createDirectories(data.resolve(name));
    }
  }

  @Test
  void whatEndsSoonHadTornData() throws Exception {
    folders("kafka", "streams", "registry", "out");
    assertThatThrownBy(() -> live(new TornException(DataPart.BROKER, "it ended with code 1")))
        .isInstanceOf(Over.class);
    assertThat(setAside()).containsExactly("kafka", "streams");
    assertThat(data.resolve("registry")).exists();
    assertThat(data.resolve("out")).exists();
    assertThat(ends).hasValue(1);
  }

  @Test
  void aNewRegistryNeedsNewLogs() throws Exception {
    folders("kafka", "registry");
    assertThatThrownBy(() -> live(new TornException(DataPart.REGISTRY, "it ended")))
        .isInstanceOf(Over.class);
    assertThat(setAside()).containsExactly("kafka", "registry");
  }

  @Test
  void aBusyPortOrAFullDiskSetsNothingAsideHoweverOften() throws Exception {
    folders("kafka");
    TornException busy =
        new TornException(DataPart.BROKER, "it ended: Address already in use (Bind failed)");
    TornException full = new TornException(DataPart.BROKER, "write: No space left on device");
    assertThatThrownBy(() -> live(busy, full, busy, full, busy, full)).isInstanceOf(Over.class);
    assertThat(setAside()).isEmpty();
    assertThat(pauses).hasValue(6);
  }

  @Test
  void whoDiesAgainAndAgainIsLeftToTheServiceManager() {
    TornException torn = new TornException(DataPart.BROKER, "it ended");
    assertThatThrownBy(() -> live(torn, torn, torn, torn)).isSameAs(torn);
    assertThat(ends).hasValue(4);
  }

  @Test
  void whatIsNoMatterOfDataEndsIt() {
    assertThatThrownBy(() -> live(new IllegalArgumentException("a wrong setting")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ends).hasValue(0);
  }

  @Test
  void theReasonIsOneLineWithoutTheLog() throws Exception {
    folders("kafka");
    assertThatThrownBy(
            () ->
                live(
                    new TornException(
                        DataPart.BROKER,
                        "the broker ended with code 1; the last lines of /x/broker.log:\n  bad")))
        .isInstanceOf(Over.class);
    assertThat(SetAside.ofProcess().getLast().reason()).isEqualTo("the broker ended with code 1");
  }
}
