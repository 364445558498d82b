package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store of the services that was cut short costs a stream some seconds, and no topics. */
@Tag("broker")
@Timeout(180)
class ITTornState {
  /** A stream that waits for a broker which was ended first takes 25 s to close. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aChainWhoseStateIsTornEndsSoonAndBeginsAnew() throws Exception {
    Path data = folder.resolve("data");
    try (Embedded chain = start(data)) {
      awaitReady(chain);
    }
    cutShort(data.resolve("streams/sonograph-decoder"));

    long begun = System.nanoTime();
    TornException torn = catchThrowableOfType(TornException.class, () -> start(data));
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
    assertThat(torn.part()).isEqualTo(DataPart.STATE);
    TornData.setAside(data, torn);

    try (Embedded chain = start(data)) {
      awaitReady(chain);
    }
    assertThat(setAside(data)).isEqualTo(1);
    assertThat(data.resolve("streams/again-1")).isDirectory();
  }

  private Embedded start(Path data) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("sonograph.gallery.out", folder.resolve("out").toString());
    settings.put("sonograph.diffusion.model", "passthrough");
    settings.put("sonograph.kafka.partitions", "1");
    return Embedded.start(
        new Embedded.Plan(
            data,
            LoopbackPorts.free(1),
            LogSegments.KEPT,
            settings,
            Chain.withoutIngest(),
            TornData.Then.SET_ASIDE),
        line -> {});
  }

  private static void awaitReady(Embedded chain) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!chain.areServicesReady()) {
      assertThat(System.nanoTime()).as("%s", chain.host().health()).isLessThan(until);
      Thread.sleep(50);
    }
  }

  /** Stores name their files in a manifest. */
  private static void cutShort(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      Path manifest =
          files
              .filter(f -> f.getFileName().toString().startsWith("MANIFEST"))
              .filter(f -> f.toString().contains("assembler-open"))
              .findFirst()
              .orElseThrow();
      try (FileChannel channel = FileChannel.open(manifest, StandardOpenOption.WRITE)) {
        channel.truncate(2);
      }
    }
  }

  private static long setAside(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(f -> f.getFileName().toString().contains(".set-aside-")).count();
    }
  }
}
