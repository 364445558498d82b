package org.sonograph.gallery.report;

import java.util.List;

/** The end of a report: all figures side by side, and what each of them means. */
final class SurvivedTable {
  private SurvivedTable() {}

  static void append(StringBuilder body, List<ReportPage.Heard> readings) {
    body.append("<section class=\"survived\"><h2>What survived</h2>\n<div class=\"table\"><table>");
    body.append("<thead><tr><th scope=\"col\">reading</th>");
    for (Survived.Measure measure : Survived.MEASURES) {
      body.append("<th scope=\"col\">").append(measure.name()).append("</th>");
    }
    body.append("</tr></thead>\n<tbody>");
    for (ReportPage.Heard heard : readings) {
      body.append("<tr><th scope=\"row\">").append(Page.text(heard.stave().name())).append("</th>");
      for (Survived.Measure measure : Survived.MEASURES) {
        body.append("<td>").append(measure.shown(heard.survival())).append("</td>");
      }
      body.append("</tr>\n");
    }
    body.append("</tbody></table></div>\n<h2 class=\"meaning\">What the numbers mean</h2>\n<dl>");
    for (Survived.Measure measure : Survived.MEASURES) {
      term(body, measure.name(), measure.meaning());
    }
    term(
        body,
        "spectrogram",
        "The darker, the louder: from %d dB under the loudest to the loudest, raised by %.1f dB an octave; low notes at the bottom."
            .formatted(Staves.RANGE_DB, Staves.TILT));
    term(
        body,
        "waveform",
        "Least and greatest sample at each moment; FS is full scale, the most a file can hold.");
    body.append("</dl></section>\n");
  }

  private static void term(StringBuilder body, String name, String meaning) {
    body.append("<dt>").append(name).append("</dt><dd>").append(meaning).append("</dd>\n");
  }
}
