package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

  @Test
  void putsNumbersByTheirValue() {
    assertThat(sorted("track 10", "track 9", "Track 1", "track 02", "b", "a2b10", "a2b9"))
        .containsExactly("a2b9", "a2b10", "b", "Track 1", "track 02", "track 9", "track 10");
  }

  @Test
  void takesNumbersOfAnyLength() {
    assertThat(sorted("x99999999999999999999999", "x100000000000000000000000", "x1"))
        .containsExactly("x1", "x99999999999999999999999", "x100000000000000000000000");
  }

  @Test
  void isATotalOrder() {
    assertThat(NaturalOrder.NAMES.compare("a01", "a1")).isNotZero();
    assertThat(NaturalOrder.NAMES.compare("A", "a")).isNotZero();
    assertThat(NaturalOrder.NAMES.compare("a", "a")).isZero();
  }

  @Test
  void goesFolderByFolder() {
    List<Path> paths = Stream.of("cd 10/1.wav", "cd 2/10.wav", "cd 2/9.wav").map(Path::of).toList();
    assertThat(paths.stream().sorted(NaturalOrder.PATHS).map(Path::toString))
        .containsExactly("cd 2/9.wav", "cd 2/10.wav", "cd 10/1.wav");
  }

  private static List<String> sorted(String... names) {
    return Stream.of(names).sorted(NaturalOrder.NAMES).toList();
  }
}
