package org.sonograph.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.OutputFinder;
import org.sonograph.launcher.ancestry.SourceFinder;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes sounds once more from their sources, and says whether they are the same. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Makes takes once more from their sources, by what their manifests say and through a chain of"
          + " its own, and compares each sound with the first one, sample by sample. The first ones"
          + " are only read.",
      "With --stream: sends what a live stream played through the running instance once more, and"
          + " compares it with the sound that was heard then, while the topics keep both.",
      "Exit code 0: all are equal; 70: one is not; 65: a source or a model has changed; 66: a source"
          + " is not there."
    })
public final class ReplayCommand implements Callable<Integer> {
  private static final String USUAL = "replay";

  private final Terminal terminal;

  @Parameters(
      arity = "0..*",
      paramLabel = "OUTPUT",
      description = "Sounds that were made, or folders of takes. All share one chain.")
  List<Path> outputs = new ArrayList<>();

  @Mixin StreamOptions stream = new StreamOptions();

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--source",
      paramLabel = "FILE|DIR",
      description = {
        "Where sources lie by now, if not where they were: a file, or a folder above them; they are",
        "told by their bytes. May be given several times."
      })
  List<Path> sources = new ArrayList<>();

  @Option(
      names = "--takes",
      paramLabel = "DIR",
      description =
          "Folder of takes to look in for sounds that were moved away from theirs, by their tags.")
  List<Path> takes = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New folder for what is made (default: replay, replay-2 ... here).")
  Optional<Path> out = Optional.empty();

  @Option(
      names = "--tolerance",
      paramLabel = "DB",
      description = {
        "What is as long and differs by that many dB less than it sounds counts as equal: for"
            + " another machine than the first one, where arithmetic may round otherwise (default:"
            + " none, every sample must be the same)."
      })
  Double tolerance = Double.POSITIVE_INFINITY;

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Option(names = "--json", description = "What was found as one line of JSON.")
  boolean json;

  public ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    worker.check(terminal);
    if (stream.isGiven() != outputs.isEmpty()) {
      throw new IllegalArgumentException("expected either OUTPUT or --stream");
    }
    if (stream.isGiven()) {
      return ofStream();
    }
    FFmpeg ffmpeg = CommandFiles.ffmpeg();
    Path folder = out.map(ReplayCommand::requireNew).orElseGet(ReplayCommand::free);
    Replay replay =
        new Replay(
            new OutputFinder(takes, ffmpeg), new SourceFinder(sources, ffmpeg), ffmpeg, terminal);
    outputs.forEach(replay::add);
    replay.make(folder, worker);
    List<Replay.Result> results = replay.results(tolerance);
    if (json) {
      terminal.data(Replay.json(results, folder));
    } else {
      results.forEach(result -> terminal.data(result.line()));
    }
    return Replay.exitCode(results).number();
  }

  private int ofStream() throws InterruptedException {
    try (ServiceHost host = connection.open()) {
      List<StreamReplay.Result> results = new StreamReplay(stream).run(host, terminal);
      for (StreamReplay.Result result : results) {
        terminal.data(json ? result.json() : result.line());
      }
      return StreamReplay.exitCode(results).number();
    }
  }

  /** What was there before is never written to. */
  private static Path requireNew(Path folder) {
    boolean isUsed = Files.exists(folder) && !(Files.isDirectory(folder) && isEmpty(folder));
    if (isUsed) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE,
          "--out=" + folder + ": there is something already: name a new folder");
    }
    return folder;
  }

  private static boolean isEmpty(Path folder) {
    String[] names = folder.toFile().list();
    return names != null && names.length == 0;
  }

  private static Path free() {
    return Stream.iterate(1, n -> n + 1)
        .map(n -> Path.of(n == 1 ? USUAL : USUAL + "-" + n))
        .filter(Files::notExists)
        .findFirst()
        .orElseThrow();
  }
}
