package org.sonograph.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The guide in {@code docs/} as a small site that needs no network: the same Markdown, in the
 * page's faces and colours.
 *
 * <p>It lies beside {@code examples/}; links to what is neither there nor in {@code docs/} become
 * plain words.
 */
final class Guide {
  private static final List<Page> PAGES =
      List.of(
          new Page("index", "Sonograph"),
          new Page("piece", "Make a piece"),
          new Page("archive", "An archive"),
          new Page("installation", "An installation"),
          new Page("live", "Live"),
          new Page("readings", "Readings"),
          new Page("models", "Models"),
          new Page("notebook", "Notebook"),
          new Page("operations", "Operations"),
          new Page("metrics", "Metrics"),
          new Page("runbook", "Runbook"),
          new Page("scale", "How far it goes"),
          new Page("troubleshooting", "Troubleshooting"));

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer HTML = HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private static final String MARKDOWN = ".md";
  private static final Pattern TAKEN = Pattern.compile(".*\\.(?:md|jpg|png|mp3|py)");
  private static final String GALLERY = "gallery-service/src/main/resources/org/sonograph/gallery";

  private record Page(String name, String title) {}

  private Guide() {}

  /**
   * Writes the site.
   *
   * @param home the source tree
   */
  static void write(Path home, Path to) throws IOException {
    Path docs = home.resolve("docs");
    String shell = resource("guide.html");
    Files.createDirectories(to);
    Files.writeString(to.resolve("guide.css"), resource("guide.css"));
    FolderWalk.copy(docs, to, Guide::isTakenAsItIs);
    for (Path file : FolderWalk.files(docs)) {
      String name = docs.relativize(file).toString();
      if (name.endsWith(MARKDOWN)) {
        Files.writeString(to.resolve(name.replace(MARKDOWN, ".html")), page(shell, file, home));
      }
    }
    Files.copy(home.resolve(GALLERY).resolve("page/paper.css"), to.resolve("paper.css"));
    FolderWalk.copy(
        home.resolve(GALLERY).resolve("fonts"),
        to.resolve("fonts"),
        file -> !file.toString().endsWith(MARKDOWN));
  }

  private static String page(String shell, Path file, Path home) throws IOException {
    Node document = PARSER.parse(Files.readString(file));
    Links links = new Links(file, home);
    document.accept(links);
    links.lost.forEach(Guide::unlink);
    String name = file.getFileName().toString().replace(MARKDOWN, "");
    StringBuilder doors = new StringBuilder();
    for (Page page : PAGES) {
      doors
          .append("<a href=\"")
          .append(page.name())
          .append(".html\"")
          .append(page.name().equals(name) ? " aria-current=\"page\">" : ">")
          .append(page.title())
          .append("</a>\n");
    }
    return shell
        .replace("{title}", links.title)
        .replace("{doors}", doors)
        .replace("{text}", HTML.render(document));
  }

  /** The words of a link, without it. */
  private static void unlink(Link link) {
    for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
      link.insertBefore(child);
    }
    link.unlink();
  }

  private static boolean isTakenAsItIs(Path file) {
    return TAKEN.matcher(file.toString()).matches() && !file.toString().endsWith(MARKDOWN);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Guide.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Leads links to where their targets lie in the site, and finds the page's title. */
  private static final class Links extends AbstractVisitor {
    private final Path file;
    private final Path home;
    private final List<Link> lost = new ArrayList<>();
    private String title = "Sonograph";

    Links(Path file, Path home) {
      this.file = file;
      this.home = home;
    }

    @Override
    public void visit(Heading heading) {
      if (heading.getLevel() == 1 && heading.getFirstChild() instanceof Text text) {
        title = text.getLiteral();
      }
      visitChildren(heading);
    }

    @Override
    public void visit(Link link) {
      String to = link.getDestination();
      if (!to.matches("[a-z]+:.*") && !to.startsWith("#")) {
        Path target = file.resolveSibling(to.replaceFirst("#.*", "")).normalize();
        boolean comesAlong =
            target.startsWith(home.resolve("docs")) && TAKEN.matcher(target.toString()).matches()
                || target.startsWith(home.resolve("examples")) && to.endsWith(".flac");
        if (comesAlong) {
          link.setDestination(to.replaceFirst("\\.md(?=#|$)", ".html"));
        } else {
          lost.add(link);
        }
      }
      visitChildren(link);
    }
  }
}
