package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaintRatesTest {
  @TempDir Path folder;

  @Test
  void theNewestRateOfEachModelIsKept() {
    PaintRates rates = new PaintRates(folder.resolve("data"));
    assertThat(rates.secondsAPass("sketch")).isEmpty();
    rates.keep("sketch", 0.5);
    rates.keep("tiny-sd", 2);
    rates.keep("sketch", 0.25);
    PaintRates later = new PaintRates(folder.resolve("data"));
    assertThat(later.secondsAPass("sketch")).hasValue(0.25);
    assertThat(later.secondsAPass("tiny-sd")).hasValue(2);
  }

  @Test
  void aDamagedFileKnowsNothing() throws Exception {
    Files.writeString(folder.resolve("rates.json"), "{");
    assertThat(new PaintRates(folder).secondsAPass("sketch")).isEmpty();
  }
}
