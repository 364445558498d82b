package org.sonograph.gallery.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A take as one page of HTML that holds all it needs: a score of staves under one time axis, one
 * playhead across all, and what survived in each reading.
 */
final class ReportPage {
  private static final int[] MARKED_HZ = {50, 100, 200, 500, 1000, 2000, 5000, 10_000};

  /**
   * Text and pictures of the page.
   *
   * @param title the source's
   * @param label the wall label, a sentence each
   * @param accent the page's colour
   * @param seconds length of the time axis
   * @param art data URL of the whole track's art
   * @param source the source's stave
   * @param readings the readings' staves
   */
  record Content(
      String title,
      List<String> label,
      String accent,
      double seconds,
      String art,
      Stave source,
      List<Stave> readings) {}

  /**
   * One sound.
   *
   * @param name its name
   * @param sentence what it is
   * @param audio data URL
   * @param wave an SVG
   * @param spectrogram data URL
   * @param share its length as a share of the time axis, at most 1
   * @param figures what survived; none for the source
   */
  record Stave(
      String name,
      String sentence,
      String audio,
      String wave,
      String spectrogram,
      double share,
      List<Survived.Figure> figures) {}

  private ReportPage() {}

  static String html(Content c) {
    StringBuilder page = new StringBuilder(1 << 16);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<link rel=\"icon\" href=\"data:,\">\n");
    page.append("<title>").append(text(c.title)).append("</title>\n");
    page.append("<style>:root{--accent:").append(c.accent).append("}\n");
    page.append(resource("report.css")).append("</style>\n</head>\n<body>\n");
    page.append("<header><h1>").append(text(c.title)).append("</h1></header>\n");
    page.append("<main id=\"score\" data-seconds=\"").append(c.seconds).append("\">\n");
    page.append("<div id=\"playhead\"></div>\n").append(ruler(c.seconds));
    stave(page, c.source);
    page.append("<section><h2>the art</h2><div class=\"stave\"><img class=\"art\" src=\"");
    page.append(c.art).append("\" alt=\"the art of the whole track\"></div></section>\n");
    c.readings.forEach(reading -> stave(page, reading));
    page.append("</main>\n<footer><p class=\"label\">");
    c.label.forEach(line -> page.append(text(line)).append("<br>"));
    page.append("</p></footer>\n<script>\n").append(resource("report.js"));
    return page.append("</script>\n</body>\n</html>\n").toString();
  }

  private static void stave(StringBuilder page, Stave s) {
    page.append("<section data-sound><h2>").append(text(s.name)).append("</h2><p>");
    page.append(text(s.sentence)).append("</p>\n<div class=\"stave\" data-share=\"");
    page.append(s.share).append("\"><div class=\"drawn\" style=\"width:");
    page.append(String.format(Locale.ROOT, "%.3f%%", 100 * s.share)).append("\">").append(s.wave);
    page.append("<div class=\"spectrogram\"><img src=\"").append(s.spectrogram);
    page.append("\" alt=\"spectrogram of ").append(text(s.name)).append("\">").append(axis());
    page.append("</div></div></div>\n<audio controls preload=\"auto\" src=\"").append(s.audio);
    page.append("\"></audio>\n");
    if (!s.figures.isEmpty()) {
      page.append("<table><caption>what survived</caption>");
      for (Survived.Figure f : s.figures) {
        page.append("<tr><th scope=\"row\">").append(text(f.name())).append("</th><td>");
        page.append(text(f.value())).append("</td><td>").append(text(f.sentence()));
        page.append("</td></tr>");
      }
      page.append("</table>\n");
    }
    page.append("</section>\n");
  }

  /** Frequencies at their heights. */
  private static String axis() {
    StringBuilder axis = new StringBuilder("<div class=\"axis\" aria-hidden=\"true\">");
    for (int hz : MARKED_HZ) {
      double top = 100 * (1 - Staves.AXIS.height(hz) / Staves.AXIS.rows());
      axis.append(
          String.format(
              Locale.ROOT,
              "<span style=\"top:%.1f%%\">%s</span>",
              top,
              hz < 1000 ? hz + " Hz" : hz / 1000 + " kHz"));
    }
    return axis.append("</div>").toString();
  }

  /** A mark every so many seconds, at most a dozen. */
  private static String ruler(double seconds) {
    double step = 1;
    for (double wider : new double[] {2, 5, 10, 20, 30, 60, 120, 300, 600}) {
      step = seconds / step > 12 ? wider : step;
    }
    StringBuilder ruler = new StringBuilder("<div class=\"ruler\" aria-hidden=\"true\">");
    for (double at = 0; at <= seconds; at += step) {
      ruler.append(
          String.format(
              Locale.ROOT,
              "<span style=\"left:%.3f%%\">%s</span>",
              100 * at / seconds,
              at < 60
                  ? "%.0f s".formatted(at)
                  : "%d:%02d".formatted((int) at / 60, (int) at % 60)));
    }
    return ruler.append("</div>\n").toString();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
