package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceFileTest {
  private static final InstanceFile INSTANCE =
      new InstanceFile(
          "127.0.0.1:9092",
          "http://127.0.0.1:8081/apis/ccompat/v7",
          List.of("http://a/metrics", "http://b/metrics"),
          "http://a",
          "C:\\models\\größe");

  @Test
  void saysWhatItWasTold(@TempDir Path data) {
    INSTANCE.write(data);
    assertThat(InstanceFile.read(data)).contains(INSTANCE);
  }

  @Test
  void isGoneOnceRemoved(@TempDir Path data) throws IOException {
    INSTANCE.write(data);
    InstanceFile.remove(data);
    assertThat(InstanceFile.read(data)).isEmpty();
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }
}
