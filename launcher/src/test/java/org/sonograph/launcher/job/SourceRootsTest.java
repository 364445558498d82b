package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.ingest.source.SourceFile;

class SourceRootsTest {
  private static SourceFile file(String path, String folder) {
    Path file = Path.of(path);
    return new SourceFile(file, path, file.getFileName().toString(), folder);
  }

  @Test
  void oneInputIsTheRoot() {
    SourceRoots roots = SourceRoots.ofInputs(List.of("/archive"));
    assertThat(roots.placed(file("/archive/1958/a.wav", "1958"), 0).folder()).isEqualTo("1958");
  }

  @Test
  void severalInputsKeepTheirNames() {
    SourceRoots roots =
        SourceRoots.ofInputs(List.of("/x/tapes", "/y/discs/**/*.wav", "/z/single.wav"));
    assertThat(roots.placed(file("/x/tapes/1/a.wav", "1"), 0).folder()).isEqualTo("tapes/1");
    assertThat(roots.placed(file("/y/discs/a.wav", ""), 1).folder()).isEqualTo("discs");
    assertThat(roots.placed(file("/z/single.wav", ""), 2).folder()).isEmpty();
  }

  @Test
  void aListBeginsWhereAllItsFilesAreTogether() {
    SourceRoots roots =
        SourceRoots.ofFiles(List.of("/a/b/x/1.wav", "/a/b/y/2.wav", "/a/b/y/z/3.wav"));
    assertThat(roots.placed(file("/a/b/x/1.wav", ""), 0).folder()).isEqualTo("x");
    assertThat(roots.placed(file("/a/b/y/z/3.wav", ""), 2).folder()).isEqualTo("y/z");
    SourceRoots bucket = SourceRoots.ofFiles(List.of("s3://b/p/1.wav", "s3://b/p/q/2.wav"));
    assertThat(bucket.placed(file("s3://b/p/q/2.wav", "p/q"), 1).folder()).isEqualTo("q");
  }
}
