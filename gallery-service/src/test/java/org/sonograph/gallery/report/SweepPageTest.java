package org.sonograph.gallery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepPageTest {
  private static final SweepPage.Axis STRENGTH =
      new SweepPage.Axis("strength", List.of("0.3", "0.7"));
  private static final SweepPage.Axis PROMPT =
      new SweepPage.Axis("prompt", List.of("ink", "<b>fire</b>", "sea"));
  private static final SweepPage.Axis SEED = new SweepPage.Axis("seed", List.of("17", "18"));

  private static String html(SweepPage.Axis... axes) throws IOException {
    List<SweepPage.Cell> cells = new ArrayList<>();
    cells.add(cell(List.of()));
    for (SweepPage.Axis axis : axes) {
      List<SweepPage.Cell> longer = new ArrayList<>();
      for (SweepPage.Cell before : cells) {
        for (String value : axis.values()) {
          List<String> at = new ArrayList<>(before.at());
          at.add(value);
          longer.add(cell(at));
        }
      }
      cells = longer;
    }
    StringWriter out = new StringWriter();
    new SweepPage("rain & tin", "Takes.", List.of(axes), cells).write(out);
    return out.toString();
  }

  private static SweepPage.Cell cell(List<String> at) {
    return new SweepPage.Cell(
        at, new Shown(), "./sonograph run a.wav --at=" + String.join("/", at));
  }

  private static final class Shown implements SweepPage.Content {
    @Override
    public String picture() {
      return "data:image/png;base64,AA";
    }

    @Override
    public List<String> readings() {
      return List.of("red");
    }

    @Override
    public String audio(String reading) {
      return "data:audio/mpeg;base64,AA";
    }

    @Override
    public String missing() {
      return "";
    }
  }

  @Test
  void theFirstAxisRunsDownAndTheSecondAcross() throws IOException {
    String html = html(STRENGTH, PROMPT);
    assertThat(html).contains("strength ↓<br>prompt →");
    assertThat(html.split("<tr>")).hasSize(4);
    String row = html.split("<tr>")[3];
    assertThat(row).startsWith("<th scope=\"row\" class=\"mono\">0.7</th>");
    assertThat(row.indexOf("--at=0.7/ink")).isBetween(0, row.indexOf("--at=0.7/sea"));
  }

  @Test
  void aSingleAxisRunsAcross() throws IOException {
    String html = html(SEED);
    assertThat(html.split("<tr>")).hasSize(3);
    assertThat(html).contains("seed 17</th>", "seed 18</th>").doesNotContain("↓");
  }

  @Test
  void furtherAxesRepeatTheGrid() throws IOException {
    String html = html(STRENGTH, PROMPT, SEED);
    assertThat(html.split("<table>")).hasSize(3);
    String second = html.split("<table>")[2];
    assertThat(html).contains("<h2>seed 17</h2>", "<h2>seed 18</h2>");
    assertThat(second).contains("--at=0.3/ink/18").doesNotContain("--at=0.3/ink/17");
  }

  @Test
  void wordsFromOutsideStayWords() throws IOException {
    assertThat(html(STRENGTH, PROMPT))
        .contains("rain &amp; tin", "&lt;b&gt;fire&lt;/b&gt;")
        .doesNotContain("<b>fire");
  }

  @Test
  void asksNothingOfAnyNetwork() throws IOException {
    assertThat(html(STRENGTH, PROMPT)).doesNotContain("http://", "https://", "url(//");
  }
}
