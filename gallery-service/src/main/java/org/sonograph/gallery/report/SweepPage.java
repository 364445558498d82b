package org.sonograph.gallery.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes of one sound side by side, as one page of HTML that holds all it needs. The first axis runs
 * down, the second across; for each combination of further ones the grid stands again. A single
 * axis runs across. Many pictures share the page, so it takes the colour of none: paper and ink.
 *
 * @param title the sound's name
 * @param lead a sentence under it
 * @param axes what was swept
 * @param cells one for each combination
 */
public record SweepPage(String title, String lead, List<Axis> axes, List<Cell> cells) {

  /**
   * An option and the values it had.
   *
   * @param name of the option
   * @param values as typed
   */
  public record Axis(String name, List<String> values) {}

  /**
   * One take.
   *
   * @param at its value on each axis
   * @param content what is seen and heard of it, asked for when its turn comes
   * @param command what makes it alone
   */
  record Cell(List<String> at, Content content, String command) {}

  /** What is seen and heard of a take. */
  interface Content {
    /** Data URL of its art; "" where there is none. */
    String picture() throws IOException;

    /** Names of its readings. */
    List<String> readings();

    /** Data URL of a reading's sound. */
    String audio(String reading) throws IOException;

    /** Why something is not there, or "". */
    String missing();
  }

  /** Writes the whole file, a take at a time: together they may be more than memory holds. */
  void write(Writer out) throws IOException {
    Page shell =
        new Page(title, Accent.INK, Page.resource("sweep.css"), "", Page.resource("sweep.js"));
    out.append(shell.head(words())).append("<header><h1>").append(Page.text(title));
    out.append("</h1>\n<p>").append(Page.text(lead)).append("</p></header>\n<main>\n");
    Axis down = axes.size() > 1 ? axes.get(0) : new Axis("", List.of(""));
    Axis across = axes.get(Math.min(1, axes.size() - 1));
    for (Map.Entry<List<String>, List<Cell>> grid : grids().entrySet()) {
      out.append("<section>\n");
      if (!grid.getKey().isEmpty()) {
        out.append("<h2>").append(heading(grid.getKey())).append("</h2>\n");
      }
      table(out, down, across, grid.getValue());
      out.append("</section>\n");
    }
    out.append("</main>\n<footer><p class=\"mono\">");
    out.append("Each command makes its take alone, run where the sweep was run.<br>");
    out.append("Made by a machine, with Sonograph.</p></footer>\n").append(shell.tail());
  }

  private String words() {
    StringBuilder words = new StringBuilder(title).append(lead).append(axes).append("↓→");
    cells.forEach(cell -> words.append(cell.content.readings()).append(cell.command));
    return words.toString();
  }

  /** Cells by their values on the third axis and beyond. */
  private Map<List<String>, List<Cell>> grids() {
    Map<List<String>, List<Cell>> grids = new LinkedHashMap<>();
    for (Cell cell : cells) {
      List<String> further = axes.size() > 2 ? cell.at.subList(2, axes.size()) : List.of();
      grids.computeIfAbsent(further, f -> new ArrayList<>()).add(cell);
    }
    return grids;
  }

  private String heading(List<String> further) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < further.size(); i++) {
      words.add(Page.text(axes.get(2 + i).name()) + " " + Page.text(further.get(i)));
    }
    return String.join(", ", words);
  }

  private static void table(Writer out, Axis down, Axis across, List<Cell> cells)
      throws IOException {
    boolean twoWays = !down.name().isEmpty();
    out.append("<table>\n<thead><tr>");
    if (twoWays) {
      out.append("<th scope=\"col\" class=\"mono corner\">").append(Page.text(down.name()));
      out.append(" ↓<br>").append(Page.text(across.name())).append(" →</th>");
    }
    for (String value : across.values()) {
      out.append("<th scope=\"col\" class=\"mono\">");
      out.append(twoWays ? "" : Page.text(across.name()) + " ")
          .append(Page.text(value))
          .append("</th>");
    }
    out.append("</tr></thead>\n<tbody>\n");
    int columns = across.values().size();
    for (int row = 0; row < down.values().size(); row++) {
      out.append("<tr>");
      if (twoWays) {
        out.append("<th scope=\"row\" class=\"mono\">");
        out.append(Page.text(down.values().get(row))).append("</th>");
      }
      for (Cell cell : cells.subList(row * columns, (row + 1) * columns)) {
        cell(out, cell);
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table>\n");
  }

  private static void cell(Writer out, Cell cell) throws IOException {
    Content content = cell.content;
    String picture = content.picture();
    out.append("<td>");
    if (!picture.isEmpty()) {
      out.append("<img src=\"").append(picture).append("\" alt=\"art of ");
      out.append(Page.text(String.join(", ", cell.at))).append("\">\n");
    }
    if (!content.missing().isEmpty()) {
      out.append("<p>").append(Page.text(content.missing())).append("</p>\n");
    }
    for (String reading : content.readings()) {
      out.append("<p class=\"sound\"><span>").append(Page.text(reading));
      out.append("</span><audio controls preload=\"metadata\" src=\"");
      out.append(content.audio(reading)).append("\"></audio></p>\n");
    }
    out.append("<details><summary>command</summary><code>").append(Page.text(cell.command));
    out.append("</code></details></td>\n");
  }
}
