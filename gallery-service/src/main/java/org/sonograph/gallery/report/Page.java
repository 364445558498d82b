package org.sonograph.gallery.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The shell of every page that is made to be kept: one file of HTML with its faces, its style and
 * its script inside, that asks nothing of any network.
 *
 * @param title of the window
 * @param accent the page's one colour
 * @param style further CSS behind the shared {@code paper.css}
 * @param body HTML between the body's tags
 * @param script JavaScript at the end, or ""
 */
public record Page(String title, Accent accent, String style, String body, String script) {
  private static final String PAPER = "/org/sonograph/gallery/page/paper.css";

  /** The whole file. */
  public String html() {
    return head(words(body)) + body + tail();
  }

  /**
   * The file before its body, for a body that is written piece by piece.
   *
   * @param words at least the characters that the body has beside its tags
   */
  String head(String words) {
    StringBuilder page = new StringBuilder(1 << 18);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<link rel=\"icon\" href=\"data:,\">\n");
    page.append("<title>").append(text(title)).append("</title>\n<style>\n");
    page.append(accent.css()).append(Typefaces.css(title + words));
    page.append(paper()).append(style).append("</style>\n</head>\n<body>\n");
    return page.toString();
  }

  /** The file after its body. */
  String tail() {
    String last = script.isEmpty() ? "" : "<script>\n" + script + "</script>\n";
    return last + "</body>\n</html>\n";
  }

  /** What every page has in common, as CSS. */
  public static String paper() {
    return resource(PAPER);
  }

  /** Text as HTML has it, in content and in quoted attributes. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** What stands beside the tags. */
  private static String words(String html) {
    return html.replaceAll("<[^>]*>", " ");
  }

  /** A file beside this class, or one of the program where its name begins with a slash. */
  public static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
