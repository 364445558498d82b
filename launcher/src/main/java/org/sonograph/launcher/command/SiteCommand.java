package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.gallery.site.Keeping;
import org.sonograph.gallery.site.Site;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a folder of pages from a folder of takes. */
@Command(
    name = "site",
    mixinStandardHelpOptions = true,
    description = {
      "Makes pages of an archive: its folders, a search, a player and a wall label for each take.",
      "They open from the disk (OUT/site/index.html) and from any web host, and need no server."
    })
public final class SiteCommand implements Callable<Integer> {
  private static final String FOLDER = "site";
  private static final int TOLD_EVERY = 1000;

  private final Terminal terminal;

  @Parameters(paramLabel = "OUT", description = "Folder of takes, as run --out made it.")
  Path out;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "Folder of the site (default: site in OUT). An earlier one is brought up to date.")
  Optional<Path> to = Optional.empty();

  @Option(
      names = "--files",
      paramLabel = "refer|copy|link",
      description = {
        "Sounds, scrolls and track.json: refer to them where they lie, copy them, or link them (a",
        "copy where the disk cannot). Default: refer below OUT, else copy."
      })
  Optional<Keeping> files = Optional.empty();

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Name of the archive (default: OUT's).")
  Optional<String> title = Optional.empty();

  @Option(
      names = "--no-sources",
      description =
          "Leave the source sounds out, which are given where they still lie at their path.")
  boolean noSources;

  @Option(names = "--json", description = "What was written, as one line of JSON.")
  boolean json;

  public SiteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path archive = out.toAbsolutePath().normalize();
    if (!Files.isDirectory(archive)) {
      throw new CommandFailure(ExitCode.NO_INPUT, out + ": no such folder");
    }
    Path site = to.map(p -> p.toAbsolutePath().normalize()).orElse(archive.resolve(FOLDER));
    Site.Options options =
        new Site.Options(
            title.orElse(archive.getFileName().toString()),
            files.orElse(site.startsWith(archive) ? Keeping.REFER : Keeping.COPY),
            !noSources);
    try {
      return tell(site, new Site(archive, site, options).write(this::progress));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, site + ": cannot be written: " + CommandFiles.reason(e), e);
    }
  }

  private void progress(int takes) {
    if (takes % TOLD_EVERY == 0) {
      terminal.status(List.of(takes + " takes"));
    }
  }

  private int tell(Path site, Site.Written written) {
    terminal.status(List.of());
    written.unreadable().forEach(terminal::complain);
    terminal.say(
        "%d takes in %d folders; index of %.1f MB, %d parts for words"
            .formatted(
                written.takes(), written.folders(), written.dataBytes() / 1e6, written.words()));
    Path index = site.resolve("index.html");
    if (json) {
      ObjectNode line = new ObjectMapper().createObjectNode();
      line.put("index", index.toString());
      line.put("takes", written.takes());
      line.put("folders", written.folders());
      line.put("indexBytes", written.dataBytes());
      line.put("unreadable", written.unreadable().size());
      terminal.data(line.toString());
    } else {
      terminal.say("open first: " + index);
    }
    return (written.unreadable().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT).number();
  }
}
