package org.sonograph.ingest.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.schemas.TraceContext;

class UploadStoreTest {
  private static final TakeOrder ORDER =
      Recipe.of(RecipeText.parse("model=m&format=mp3&occurrence=3"))
          .order(42)
          .in(Optional.of(TraceContext.begin()));

  @TempDir Path folder;

  private SourceFile arrived(String text) throws IOException {
    Path file = Files.writeString(Files.createTempFile(folder, "arriving", ""), text);
    return new SourceFile(file, "w\u00fcste \n.wav", "w\u00fcste \n.wav");
  }

  private static UploadStore.Upload upload(SourceFile source) {
    return new UploadStore.Upload(source, ORDER, "her letter");
  }

  @Test
  void keepsSoundAndOrderForTheNextProcess() throws IOException {
    new UploadStore(folder.resolve("uploads")).keep("ab12", upload(arrived("x")));
    UploadStore.Upload upload = new UploadStore(folder.resolve("uploads")).pending().getFirst();
    assertThat(upload.order()).isEqualTo(ORDER);
    assertThat(upload.permission()).isEqualTo("her letter");
    assertThat(upload.source().name()).isEqualTo("w\u00fcste \n.wav");
    assertThat(Files.readString(upload.source().file())).isEqualTo("x");
  }

  @Test
  void keepsOneOfTheSameTake() throws IOException {
    UploadStore store = new UploadStore(folder.resolve("uploads"));
    store.keep("ab12", upload(arrived("x")));
    SourceFile again = arrived("x");
    store.keep("ab12", upload(again));
    assertThat(store.pending()).hasSize(1);
    assertThat(again.file()).doesNotExist();
  }

  @Test
  void forgetsWhatIsSent() throws IOException {
    UploadStore store = new UploadStore(folder.resolve("uploads"));
    store.keep("ab12", upload(arrived("x")));
    store.remove("ab12");
    assertThat(store.pending()).isEmpty();
    assertThat(folder.resolve("uploads")).isEmptyDirectory();
  }

  @Test
  void leavesOutWhatCannotBeRead() throws IOException {
    UploadStore store = new UploadStore(folder.resolve("uploads"));
    store.keep("ab12", upload(arrived("x")));
    Files.writeString(folder.resolve("uploads/ab12/order.properties"), "torn");
    assertThat(store.pending()).isEmpty();
  }
}
