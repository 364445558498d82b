package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;
  private final AtomicLong nanos = new AtomicLong();

  private Spool spool(long quota) {
    return new Spool(
        folder.resolve("arriving"),
        1000,
        new Spool.Quota(quota, folder.resolve("waiting")),
        nanos::get);
  }

  private static InputStream bytes(int count) {
    return new ByteArrayInputStream(new byte[count]);
  }

  @Test
  void leavesNothingOfAStreamThatIsTooLong() {
    assertThatThrownBy(() -> spool(9000).take(bytes(1001)))
        .isInstanceOf(SpoolLimitException.class)
        .hasMessageContaining("longer than the limit");
    assertThat(folder.resolve("arriving")).isEmptyDirectory();
  }

  @Test
  void countsWhatWaitsAgainstTheQuotaAndWhatWasRefusedNoMore() throws Exception {
    Files.createDirectories(folder.resolve("waiting/take"));
    Files.write(folder.resolve("waiting/take/sound"), new byte[700]);
    Spool spool = spool(8 * 1024);
    Path first = spool.take(bytes(900));
    assertThat(first).hasSize(900);
    Spool narrow = spool(5000);
    Files.write(folder.resolve("waiting/take/sound"), new byte[4900]);
    assertThatThrownBy(() -> narrow.take(bytes(900))).hasMessageContaining("still waits");
    Files.delete(folder.resolve("waiting/take/sound"));
    assertThat(narrow.take(bytes(900))).hasSize(900);
  }

  @Test
  void givesAStreamUpThatHardlyMoves() {
    InputStream slow =
        new InputStream() {
          @Override
          public int read() {
            nanos.addAndGet(1_000_000_000L);
            return 7;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            into[from] = (byte) read();
            return 1;
          }
        };
    assertThatThrownBy(() -> spool(9000).take(slow)).hasMessageContaining("bytes a second");
    assertThat(nanos.get()).isBetween(30_000_000_000L, 32_000_000_000L);
  }
}
