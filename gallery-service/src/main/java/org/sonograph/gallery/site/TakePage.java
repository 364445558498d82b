package org.sonograph.gallery.site;

import java.util.List;
import java.util.Locale;
import org.sonograph.gallery.report.Accent;
import org.sonograph.gallery.report.Page;
import org.sonograph.gallery.report.WallLabel;

/**
 * The page of one take: its art with a playhead, its sounds, its wall label. Without its script it
 * can still be read and played.
 *
 * @param archive title of the archive
 * @param label the wall label
 * @param lead the sentence under the title, as HTML
 * @param accent the page's one colour
 * @param seconds length of the time axis
 * @param art the art's files, and width of all by height
 * @param sounds what can be heard, the source first
 * @param facts further lines, as HTML
 * @param before page of the take before, or ""
 * @param after page of the take after, or ""
 */
record TakePage(
    String archive,
    WallLabel label,
    String lead,
    Accent accent,
    double seconds,
    Art art,
    List<Sound> sounds,
    List<String> facts,
    String before,
    String after) {
  /** From a take's folder to the site's. */
  static final String UP = "../../../";

  /** The art as the page finds it. */
  record Art(List<String> sheets, double ratio) {}

  /**
   * One sound.
   *
   * @param name of the reading
   * @param sentence what it is
   * @param url where it is
   */
  record Sound(String name, String sentence, String url) {}

  String html() {
    StringBuilder page = new StringBuilder(4096);
    head(page);
    page.append("<header><p class=\"name\"><a href=\"").append(UP).append("index.html\">");
    page.append(Page.text(archive)).append("</a></p>\n<nav aria-label=\"Neighbours\">");
    neighbour(page, before, "Before");
    neighbour(page, after, "After");
    page.append("</nav></header>\n<main>\n<h1>").append(Page.text(label.title())).append("</h1>\n");
    page.append("<p>").append(lead).append("</p>\n");
    art(page);
    page.append("<p id=\"now\" class=\"mono\"></p>\n<div class=\"sounds\">\n");
    sounds.forEach(sound -> sound(page, sound));
    page.append("</div>\n<section class=\"label\" aria-label=\"Wall label\">");
    page.append("<p class=\"title\">").append(Page.text(label.title())).append("</p>");
    for (String line : label.lines().subList(1, label.lines().size())) {
      page.append("<p>").append(Page.text(line)).append("</p>");
    }
    page.append("</section>\n<section class=\"facts\" aria-label=\"Facts\">");
    facts.forEach(fact -> page.append("<p class=\"mono\">").append(fact).append("</p>"));
    page.append("</section>\n</main>\n<script src=\"").append(UP).append("assets/take.js\">");
    return page.append("</script>\n</body>\n</html>\n").toString();
  }

  private void head(StringBuilder page) {
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<link rel=\"icon\" href=\"data:,\">\n<title>").append(Page.text(label.title()));
    page.append(", ").append(Page.text(archive)).append("</title>\n");
    for (String style : List.of("fonts.css", "paper.css", "site.css")) {
      page.append("<link rel=\"stylesheet\" href=\"").append(UP).append("assets/").append(style);
      page.append("\">\n");
    }
    page.append("<style>").append(accent.css()).append("</style>\n</head>\n<body>\n");
  }

  private static void neighbour(StringBuilder page, String url, String name) {
    if (!url.isEmpty()) {
      page.append("<a href=\"").append(UP).append(url).append("\">").append(name).append("</a> ");
    }
  }

  private void art(StringBuilder page) {
    page.append(
        String.format(
            Locale.ROOT,
            "<div id=\"art\" role=\"group\" tabindex=\"0\" aria-label=\"Art of the whole track\""
                + " data-seconds=\"%.3f\" data-ratio=\"%.4f\">",
            seconds,
            art.ratio));
    for (int i = 0; i < art.sheets.size(); i++) {
      page.append("<img src=\"").append(art.sheets.get(i)).append("\" alt=\"");
      page.append(i == 0 ? "the art of the whole track" : "").append("\">");
    }
    page.append("</div>\n");
  }

  private static void sound(StringBuilder page, Sound sound) {
    page.append("<section data-sound><h2>").append(Page.text(sound.name)).append("</h2><p>");
    page.append(Page.text(sound.sentence)).append("</p>");
    page.append("<audio controls preload=\"none\" aria-label=\"").append(Page.text(sound.name));
    page.append("\" src=\"").append(sound.url).append("\"></audio></section>\n");
  }
}
