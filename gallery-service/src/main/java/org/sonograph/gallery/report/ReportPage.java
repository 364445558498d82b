package org.sonograph.gallery.report;

import java.util.List;
import java.util.Locale;
import org.sonograph.signal.compare.Survival;

/**
 * A take as one page that holds all it needs: a score of staves under one time axis, one playhead
 * across all, and what survived in each reading.
 */
final class ReportPage {
  private static final double MOST_MARKS = 12;

  /** A mark closer to the right edge has no room for its text. */
  private static final double LABEL_SHARE = 0.04;

  private ReportPage() {}

  /**
   * Text and pictures of the page.
   *
   * @param label the wall label
   * @param lead the sentence under the title, as HTML
   * @param accent the page's colour
   * @param seconds length of the time axis
   * @param source the source's stave
   * @param art the art's stave
   * @param readings the readings' staves
   * @param marks what stands beside frequency axes
   */
  record Content(
      WallLabel label,
      String lead,
      Accent accent,
      double seconds,
      Stave source,
      Art art,
      List<Heard> readings,
      FrequencyMarks marks) {}

  /**
   * The art.
   *
   * @param picture data URL of the whole track's
   * @param sentence how it was made
   * @param share its length as a share of the time axis
   * @param marks marks of its own frequency axis
   */
  record Art(String picture, String sentence, double share, List<FrequencyMarks.Mark> marks) {}

  /**
   * One sound.
   *
   * @param name its name
   * @param sentence what it is
   * @param audio data URL
   * @param wave an SVG
   * @param peak greatest sample, full scale = 1
   * @param spectrogram data URL
   * @param share its length as a share of the time axis, at most 1
   */
  record Stave(
      String name,
      String sentence,
      String audio,
      String wave,
      double peak,
      String spectrogram,
      double share) {}

  /** A reading, and what survived in it. */
  record Heard(Stave stave, Survival survival) {}

  static String html(Content c) {
    StringBuilder body = new StringBuilder(1 << 16);
    body.append("<header><h1>").append(Page.text(c.label.title())).append("</h1><p>");
    body.append(c.lead).append("</p></header>\n");
    body.append("<main id=\"score\" data-seconds=\"").append(c.seconds).append("\">\n");
    body.append("<div id=\"playhead\"></div>\n<div class=\"clock\"><p id=\"now\"></p>");
    body.append(ruler(c.seconds)).append("</div>\n");
    part(body, c.source, "", c.marks);
    art(body, c.art);
    for (Heard heard : c.readings) {
      part(body, heard.stave, Survived.sentence(heard.survival), c.marks);
    }
    body.append("</main>\n");
    SurvivedTable.append(body, c.readings);
    label(body, c.label);
    String title = c.label.title() + ", report";
    return new Page(
            title,
            c.accent,
            Page.resource("report.css"),
            body.toString(),
            Page.resource("report.js"))
        .html();
  }

  private static void part(StringBuilder body, Stave s, String survived, FrequencyMarks kind) {
    body.append("<section class=\"part\" data-sound><div class=\"name\"><h2>");
    body.append(Page.text(s.name)).append("</h2><p>").append(Page.text(s.sentence)).append("</p>");
    if (!survived.isEmpty()) {
      body.append("<p>").append(survived).append("</p>");
    }
    body.append("<audio controls preload=\"auto\" src=\"").append(s.audio).append("\"></audio>");
    body.append("</div>\n<div>");
    drawn(body, "wave-stave", s.share, s.wave + amplitude(s.peak));
    String picture =
        "<img src=\"%s\" alt=\"spectrogram of %s\">".formatted(s.spectrogram, Page.text(s.name));
    drawn(body, "spectrogram", s.share, picture + axis(kind.of(Staves.AXIS, 0.08)));
    body.append("</div></section>\n");
  }

  private static void art(StringBuilder body, Art art) {
    body.append("<section class=\"part\"><div class=\"name\"><h2>the art</h2><p>");
    body.append(Page.text(art.sentence)).append("</p></div>\n<div>");
    String picture = "<img src=\"%s\" alt=\"the art of the whole track\">".formatted(art.picture);
    drawn(body, "art", art.share, picture + axis(art.marks));
    body.append("</div></section>\n");
  }

  private static void drawn(StringBuilder body, String kind, double share, String content) {
    body.append("<div class=\"stave ")
        .append(kind)
        .append("\"><div class=\"drawn\" style=\"width:");
    body.append(String.format(Locale.ROOT, "%.3f%%", 100 * share)).append("\">");
    body.append(content).append("</div></div>\n");
  }

  private static String amplitude(double peak) {
    return String.format(
        Locale.ROOT,
        "<div class=\"marks\" aria-hidden=\"true\"><span style=\"top:50%%\">±%.2f FS</span></div>",
        peak);
  }

  private static String axis(List<FrequencyMarks.Mark> marks) {
    StringBuilder axis = new StringBuilder("<div class=\"marks\" aria-hidden=\"true\">");
    for (FrequencyMarks.Mark mark : marks) {
      axis.append(
          String.format(
              Locale.ROOT, "<span style=\"top:%.1f%%\">%s</span>", 100 * mark.top(), mark.text()));
    }
    return axis.append("</div>").toString();
  }

  /** A mark every so many seconds, at most a dozen. */
  private static String ruler(double seconds) {
    double step = 1;
    for (double wider : new double[] {2, 5, 10, 20, 30, 60, 120, 300, 600}) {
      step = seconds / step > MOST_MARKS ? wider : step;
    }
    StringBuilder ruler = new StringBuilder("<div class=\"ruler\" aria-hidden=\"true\">");
    for (double at = 0; at <= seconds * (1 - LABEL_SHARE); at += step) {
      ruler.append(
          String.format(
              Locale.ROOT,
              "<span style=\"left:%.3f%%\">%s</span>",
              100 * at / seconds,
              at < 60
                  ? "%.0f s".formatted(at)
                  : "%d:%02d".formatted((int) at / 60, (int) at % 60)));
    }
    return ruler.append("</div>").toString();
  }

  private static void label(StringBuilder body, WallLabel label) {
    body.append("<footer class=\"label\">");
    List<String> lines = label.lines();
    body.append("<p class=\"title\">").append(Page.text(lines.getFirst())).append("</p>");
    for (String line : lines.subList(1, lines.size())) {
      body.append("<p>").append(Page.text(line)).append("</p>");
    }
    body.append("</footer>\n");
  }
}
