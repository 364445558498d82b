package org.sonograph.ingest.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.TestIngest;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.SoundFiles;

/** A watched folder, looked at by hand. */
class ITInbox {
  private static final Recipe RECIPE = Recipe.of(RecipeText.parse("model=passthrough"));
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;
  private Path inboxFolder;
  private Ingest ingest;
  private TakeDesk desk;
  private Inbox inbox;

  @BeforeEach
  void open() throws IOException {
    inboxFolder = Files.createDirectories(folder.resolve("inbox"));
    ingest = TestIngest.open();
    desk = new TakeDesk(ingest, time -> {});
    inbox =
        new Inbox(inboxFolder, Duration.ofSeconds(2), new Inbox.Destination(ingest, desk, RECIPE));
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Path put(String name) throws IOException {
    SoundFiles.sineWav(folder.resolve("made.wav"), 48_000, 1, 96_000);
    return Files.move(folder.resolve("made.wav"), inboxFolder.resolve(name));
  }

  /** Returns when everything queued so far is done: the desk works in order. */
  private void settle() throws Exception {
    Path last = SoundFiles.sineWav(folder.resolve("last.wav"), 48_000, 1, 9600);
    CompletableFuture<Void> done = new CompletableFuture<>();
    desk.submit(
        ingest.identify(SourceFile.of(last)), RECIPE.order(0), result -> done.complete(null));
    done.get(60, TimeUnit.SECONDS);
  }

  @Test
  void takesAFileThatHasNotChangedForAMomentAndMovesItToDone() throws Exception {
    put("a.wav");
    inbox.look(0);
    inbox.look(SECOND);
    assertThat(desk.all()).isEmpty();
    inbox.look(2 * SECOND);
    settle();
    assertThat(inboxFolder.resolve("done/a.wav")).exists();
    assertThat(inboxFolder.resolve("a.wav")).doesNotExist();
    assertThat(desk.all().iterator().next().state()).isEqualTo(TakeStatus.State.SENT);
  }

  @Test
  void waitsForAFileThatStillGrows() throws Exception {
    Path file = put("a.wav");
    inbox.look(0);
    Files.write(file, new byte[100], java.nio.file.StandardOpenOption.APPEND);
    inbox.look(2 * SECOND);
    assertThat(desk.all()).isEmpty();
  }

  @Test
  void rejectsWhatIsNoSoundAndSaysWhy() throws Exception {
    Files.writeString(inboxFolder.resolve("notes.wav"), "text");
    inbox.look(0);
    inbox.look(2 * SECOND);
    assertThat(inboxFolder.resolve("rejected/notes.wav")).exists();
    assertThat(inboxFolder.resolve("rejected/notes.wav.txt"))
        .content()
        .contains("notes.wav is text, not sound");
  }

  @Test
  void ignoresUnfinishedDownloadsAndHiddenFiles() throws Exception {
    put("a.wav.part");
    put(".b.wav");
    inbox.look(0);
    inbox.look(2 * SECOND);
    assertThat(desk.all()).isEmpty();
    assertThat(inboxFolder.resolve("a.wav.part")).exists();
  }

  @Test
  void movesTwoFilesOfTheSameContentAndKeepsBothNames() throws Exception {
    put("a.wav");
    inbox.look(0);
    inbox.look(2 * SECOND);
    settle();
    put("a.wav");
    inbox.look(3 * SECOND);
    inbox.look(6 * SECOND);
    settle();
    assertThat(inboxFolder.resolve("done/a.wav")).exists();
    assertThat(inboxFolder.resolve("done/a (2).wav")).exists();
  }

  @Test
  void keepsATruncatedFileWithANote() throws Exception {
    Path whole = put("whole.wav");
    SoundFiles.cut(whole, inboxFolder.resolve("cut.wav"), 0.5);
    Files.delete(whole);
    inbox.look(0);
    inbox.look(2 * SECOND);
    settle();
    assertThat(inboxFolder.resolve("done/cut.wav")).exists();
    assertThat(inboxFolder.resolve("done/cut.wav.txt")).content().contains("is incomplete");
  }
}
