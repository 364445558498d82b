package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;

class RowFileTest {
  @TempDir Path folder;

  private Path list(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void aCsvNamesSoundsAndWhatIsSpecialOfEach() throws IOException {
    List<Row> rows =
        RowFile.read(
            list(
                "archive.csv",
                "id,file,title,licence,prompt,seed,reading",
                "A-1,a.wav,\"Rain, at night\",CC0,\"ink, cold light\",7,rgb-mean voices:scale=minor",
                "A-2,sub/b.flac,,,,,"));
    assertThat(rows).hasSize(2);
    Row first = rows.getFirst();
    assertThat(first.file()).isEqualTo(folder.resolve("a.wav").toString());
    assertThat(first.label()).isEqualTo(new Row.Label("Rain, at night", "", "CC0", ""));
    assertThat(first.options().values("prompt")).containsExactly("ink, cold light");
    assertThat(first.options().values("reading")).containsExactly("rgb-mean", "voices:scale=minor");
    assertThat(first.at()).isEqualTo("archive.csv line 2");
    assertThat(rows.getLast().options().given()).isEmpty();
    assertThat(rows.getLast().cells()).containsEntry("id", "A-2");
  }

  @Test
  void authorAndLicenseAreWordsForArtistAndLicence() throws IOException {
    Row row =
        RowFile.read(list("a.csv", "file,author,license,x-shelf", "a.wav,Ann,CC0,12")).getFirst();
    assertThat(row.label()).isEqualTo(new Row.Label("", "Ann", "CC0", ""));
    assertThat(row.cells()).containsEntry("x-shelf", "12");
  }

  @Test
  void aRowMayNameItsModelButNotItsFilesForm() throws IOException {
    Row row = RowFile.read(list("a.csv", "file,model", "a.wav,passthrough")).getFirst();
    assertThat(row.options().values("model")).containsExactly("passthrough");
    Path lean = list("b.csv", "file,lean", "a.wav,true");
    assertThatThrownBy(() -> RowFile.read(lean)).hasMessageContaining("has a column 'lean'");
  }

  @Test
  void arraysOfJsonAreWhatIsGivenSeveralTimes() throws IOException {
    Row row =
        RowFile.read(list("a.jsonl", "{\"file\": \"a.wav\", \"reading\": [\"chirp\", \"voices\"]}"))
            .getFirst();
    assertThat(row.options().values("reading")).containsExactly("chirp", "voices");
  }

  @Test
  void jsonLinesAndPlainTextAreLists() throws IOException {
    List<Row> json =
        RowFile.read(list("a.jsonl", "{\"file\": \"/x/a.wav\", \"strength\": 0.5}", ""));
    assertThat(json).singleElement().extracting(Row::file).isEqualTo("/x/a.wav");
    assertThat(json.getFirst().options().values("strength")).containsExactly("0.5");
    assertThat(RowFile.read(list("a.txt", "# comment", "a.wav", "", "b.wav"))).hasSize(2);
  }

  @Test
  void whatIsNoListIsSaid() throws IOException {
    Path unknown = list("u.csv", "file,promt", "a.wav,ink");
    assertThatThrownBy(() -> RowFile.read(unknown))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("column 'promt', expected of")
        .hasMessageContaining("prompt");
    Path noFile = list("n.csv", "file,prompt", ",ink");
    assertThatThrownBy(() -> RowFile.read(noFile)).hasMessageContaining("line 2 has no file");
    Path noJson = list("b.jsonl", "{\"file\": ");
    assertThatThrownBy(() -> RowFile.read(noJson)).hasMessageContaining("line 1 is no JSON");
    Path empty = list("e.csv", "file");
    assertThatThrownBy(() -> RowFile.read(empty)).hasMessageContaining("names no sound");
    Path latin = Files.write(folder.resolve("l.txt"), new byte[] {(byte) 0xe9, '\n'});
    assertThatThrownBy(() -> RowFile.read(latin)).hasMessageContaining("is not UTF-8");
    assertThatThrownBy(() -> RowFile.read(folder.resolve("gone.csv")))
        .isInstanceOfSatisfying(
            CommandFailure.class, e -> assertThat(e.code()).isEqualTo(ExitCode.NO_INPUT));
  }

  @Test
  void whatWasWrittenAsResultIsReadAsListAgain() throws IOException {
    Path list = list("in.csv", "id,file,prompt", "1,a.wav,\"ink, \"\"cold\"\"\"", "2,b.wav,");
    ResultsFile results = new ResultsFile();
    for (Row row : RowFile.read(list)) {
      results.unreadable(row.cells(), "input", "is no sound, \"really\"");
    }
    Path out = Files.write(folder.resolve("out.csv"), results.bytes());
    List<Row> again = RowFile.read(out);
    assertThat(Files.readAllLines(out).getFirst())
        .isEqualTo("id,file,prompt,outcome,code,reason,take,folder,files,sha256");
    assertThat(again).hasSize(2).noneMatch(Row::isDone);
    assertThat(again.getFirst().options().values("prompt")).containsExactly("ink, \"cold\"");
    assertThat(again.getFirst().cells()).containsEntry("reason", "is no sound, \"really\"");
  }

  @Test
  void whatAListCallsCompleteIsDone() throws IOException {
    List<Row> rows = RowFile.read(list("r.csv", "file,outcome", "a.wav,complete", "b.wav,failed"));
    assertThat(rows).extracting(Row::isDone).containsExactly(true, false);
  }
}
