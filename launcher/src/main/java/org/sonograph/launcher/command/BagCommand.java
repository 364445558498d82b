package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.sonograph.gallery.bag.Bag;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a bag of a folder of takes. */
@Command(
    name = "bag",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a bag of an archive (BagIt, RFC 8493): a copy with the SHA-256 of every file,",
      "which other archives take in and check."
    })
public final class BagCommand implements Callable<Integer> {
  private static final int TOLD_EVERY = 1000;

  private final Terminal terminal;

  @Parameters(paramLabel = "OUT", description = "Folder of takes, as run --out made it.")
  Path out;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the bag: empty, none, or a bag that was broken off.")
  Path to;

  @Option(
      names = "--organization",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Whose archive it is, for bag-info.txt.")
  String organization = "";

  @Option(names = "--json", description = "What was written, as one line of JSON.")
  boolean json;

  public BagCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!Files.isDirectory(out)) {
      throw new CommandFailure(ExitCode.NO_INPUT, out + ": no such folder");
    }
    try {
      Bag.Written written = new Bag(out, to).write(organization, LocalDate.now(), this::progress);
      terminal.status(List.of());
      tell(written);
      return ExitCode.OK.number();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, to + ": cannot be written: " + CommandFiles.reason(e), e);
    }
  }

  private void progress(Bag.Written soFar) {
    if (soFar.files() % TOLD_EVERY == 0) {
      terminal.status(List.of("%d files, %.1f MB".formatted(soFar.files(), soFar.bytes() / 1e6)));
    }
  }

  private void tell(Bag.Written written) {
    terminal.say(
        "%s: %d takes, %d files, %.1f MB"
            .formatted(to, written.takes(), written.files(), written.bytes() / 1e6));
    if (json) {
      ObjectNode line = new ObjectMapper().createObjectNode();
      line.put("bag", to.toAbsolutePath().normalize().toString());
      line.put("takes", written.takes());
      line.put("files", written.files());
      line.put("bytes", written.bytes());
      terminal.data(line.toString());
    }
  }
}
