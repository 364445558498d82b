package org.sonograph.launcher.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;

class SourceFactsTest {
  @TempDir Path folder;
  private Path sound;
  private Path kept;

  @BeforeEach
  void write() throws IOException {
    sound = Files.writeString(folder.resolve("a.wav"), "sound");
    kept = folder.resolve("kept/facts.jsonl");
    written(Instant.now().minusSeconds(60));
  }

  private void written(Instant at) throws IOException {
    Files.setLastModifiedTime(sound, FileTime.from(at));
  }

  private Optional<SourceFacts.Key> key() throws IOException {
    return SourceFacts.Key.of(sound, IdentifiedSource.Stamp.of(sound));
  }

  private IdentifiedSource found() throws IOException {
    Probe probe = new Probe(Container.FLAC, "flac", 44_100, 2, 1.5, Map.of("title", "a\"b"));
    return new IdentifiedSource(
        SourceFile.of(sound), "5ha", probe, IdentifiedSource.Stamp.of(sound));
  }

  private Optional<IdentifiedSource> known() throws IOException {
    return new SourceFacts(kept)
        .of(key().orElseThrow(), SourceFile.of(sound), IdentifiedSource.Stamp.of(sound));
  }

  @Test
  void whatWasReadOnceIsKnownAfterARestart() throws IOException {
    assertThat(known()).isEmpty();
    new SourceFacts(kept).keep(key().orElseThrow(), found());
    assertThat(known()).contains(found());
  }

  @Test
  void aFileThatWasWrittenSinceIsAnother() throws IOException {
    new SourceFacts(kept).keep(key().orElseThrow(), found());
    written(Instant.now().minusSeconds(30));
    assertThat(known()).isEmpty();
  }

  @Test
  void aFileThatIsBeingWrittenIsNotKnownByItsTime() throws IOException {
    written(Instant.now());
    assertThat(key()).isEmpty();
  }

  @Test
  void damagedLinesAndFoldersThatCannotBeWrittenCostNothingButAnotherLook() throws IOException {
    new SourceFacts(kept).keep(key().orElseThrow(), found());
    Files.writeString(kept, "{\"name\": \"tor", StandardOpenOption.APPEND);
    assertThat(known()).contains(found());
    Files.write(kept, "\u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(known()).isEmpty();
    SourceFacts nowhere = new SourceFacts(sound.resolve("facts.jsonl"));
    nowhere.keep(key().orElseThrow(), found());
    nowhere.keep(key().orElseThrow(), found());
    assertThat(
            nowhere.of(key().orElseThrow(), SourceFile.of(sound), IdentifiedSource.Stamp.of(sound)))
        .contains(found());
  }
}
