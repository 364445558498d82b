package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;

class ArchiveIdsTest {
  private static IdentifiedSource sound(String hash, Map<String, String> tags) {
    SourceFile file = new SourceFile(Path.of("/a/b/x.wav"), "/a/b/x.wav", "x.wav", "b");
    return new IdentifiedSource(
        file,
        hash,
        new Probe(Container.WAV, "pcm_s16le", 48_000, 2, 1, tags),
        new IdentifiedSource.Stamp(1, FileTime.fromMillis(0)));
  }

  private static String id(String from, String column, Map<String, String> tags) {
    return new ArchiveIds(IdFrom.of(from)).named(sound("00", tags), column, "x").archiveId();
  }

  @Test
  void identifiersComeFromPathColumnOrTag() {
    assertThat(id("path", "NR 7", Map.of())).isEqualTo("b/x.wav");
    assertThat(id("column", "NR 7", Map.of("isrc", "DE1"))).isEqualTo("NR 7");
    assertThat(id("tag", "NR 7", Map.of("isrc", "DE1"))).isEqualTo("DE1");
    assertThat(id("tag", "", Map.of("isrc", "DE1", "identifier", " IA-3 "))).isEqualTo("IA-3");
    assertThat(id("tag:Signatur", "", Map.of("signatur", "S 9"))).isEqualTo("S 9");
    assertThatThrownBy(() -> IdFrom.of("title")).hasMessageContaining("path, column, tag");
  }

  @Test
  void oneIdentifierOfTwoSoundsIsSaidAndBothAreKept() {
    ArchiveIds ids = new ArchiveIds(IdFrom.COLUMN);
    assertThat(ids.named(sound("00", Map.of()), "NR 7", "line 2").archiveId()).isEqualTo("NR 7");
    assertThat(ids.named(sound("00", Map.of()), "NR 7", "line 3").archiveId()).isEqualTo("NR 7");
    assertThat(ids.remarks()).as("the same sound twice").isEmpty();
    assertThat(ids.named(sound("01", Map.of()), "NR 7", "line 4").archiveId()).isEqualTo("NR 7");
    assertThat(ids.remarks())
        .containsExactly(
            "line 4 has the id 'NR 7' of line 2, which is another sound; both are made");
  }

  @Test
  void soundsWithoutOneAreCounted() {
    ArchiveIds ids = new ArchiveIds(IdFrom.of("tag:nr"));
    ids.named(sound("00", Map.of()), "", "a");
    ids.named(sound("01", Map.of("nr", "  ")), "", "b");
    assertThat(ids.remarks()).containsExactly("2 sounds without an id: none in the tag nr");
    ArchiveIds nobodyAsked = new ArchiveIds(IdFrom.NOTHING);
    nobodyAsked.named(sound("00", Map.of()), "", "a");
    assertThat(nobodyAsked.remarks()).isEmpty();
  }
}
