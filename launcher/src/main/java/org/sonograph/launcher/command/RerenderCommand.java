package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.MadeTake;
import org.sonograph.launcher.ancestry.SourceFinder;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.job.ArchiveManifest;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.recipe.ChangedRecipe;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes another take of a take's sound, its recipe changed. */
@Command(
    name = "rerender",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a new take of the same sound, by the recipe of a take that was made, with the options"
          + " given here in place of its own. The first take stays as it is.",
      "The sound comes from the topics of a running instance or cluster while they keep it; the new"
          + " take then appears among that instance's takes. Else it comes from the source, through"
          + " a chain of its own, and lands beside the first.",
      "With --stream: what a live stream played, as a take that ends, while the topics keep it;"
          + " each chunk by the recipe that was in force when it was live, with the options given"
          + " here in place of that.",
      "Another --model brings its usual strength, guidance and steps where the take had its model's."
    })
public final class RerenderCommand implements Callable<Integer> {
  /** Folder below OUT for the chain's data, until the take is complete. */
  private static final String HIDDEN = ".sonograph-rerender";

  /** Where the sound comes from. */
  enum From {
    /** The topics, or else the source. */
    AUTO,
    /** The topics alone. */
    TOPICS,
    /** The source alone. */
    SOURCE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "TAKE",
      description = "Folder of a take, or a sound in it; not with --stream.")
  Path take;

  @Mixin StreamOptions stream = new StreamOptions();

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description =
          "Where the sound comes from: auto (the topics, else the source), topics or source"
              + " (default: auto).")
  From from = From.AUTO;

  @Option(
      names = "--source",
      paramLabel = "FILE|DIR",
      description = {
        "Where the source lies by now, if not where it was: a file, or a folder above it; it is",
        "told by its bytes. May be given several times."
      })
  List<Path> sources = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder that gets the new take when it is made from the source (default: that in which"
              + " TAKE lies).")
  Optional<Path> out = Optional.empty();

  @Spec CommandSpec spec;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Mixin RecipeOptions recipe = new RecipeOptions();

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Option(names = "--json", description = "What was made as one line of JSON.")
  boolean json;

  public RerenderCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    worker.check(terminal);
    if (stream.isGiven() == (take != null)) {
      throw new IllegalArgumentException("expected either TAKE or --stream");
    }
    if (stream.isGiven()) {
      return fromStream();
    }
    MadeTake before =
        MadeTake.in(Files.isRegularFile(take) ? take.toAbsolutePath().getParent() : take);
    OptionList said = OptionList.of(spec.commandLine().getParseResult());
    Rerender rerender =
        new Rerender(
            before,
            ChangedRecipe.of(before.interpretation(), said),
            said.values("format").isEmpty()
                ? before.manifest().format()
                : recipe.format().toString());
    Optional<Rerender.Sent> sent = from == From.SOURCE ? Optional.empty() : fromTopics(rerender);
    if (sent.isPresent()) {
      return said(before, sent.get());
    }
    if (from == From.TOPICS) {
      throw new CommandFailure(
          ExitCode.NO_INPUT,
          "take %s cannot be rendered again from the topics: see above; --from source takes the source in again"
              .formatted(before.id()));
    }
    return fromSource(rerender);
  }

  private int fromStream() throws InterruptedException {
    if (from == From.SOURCE || out.isPresent() || !sources.isEmpty()) {
      throw new IllegalArgumentException(
          "--stream: what a stream was made of is on the topics alone: leave --from, --out and"
              + " --source out");
    }
    OptionList said = OptionList.of(spec.commandLine().getParseResult());
    String format = said.values("format").isEmpty() ? "flac" : recipe.format().toString();
    try (ServiceHost host = connection.open()) {
      List<StreamRerender.Rendered> all =
          new StreamRerender(stream, said, format).run(host, terminal);
      all.forEach(one -> terminal.data(json ? one.json() : one.take()));
    }
    return ExitCode.OK.number();
  }

  private Optional<Rerender.Sent> fromTopics(Rerender rerender) throws InterruptedException {
    if (from == From.AUTO && !connection.isSomewhere()) {
      return Optional.empty();
    }
    Optional<String> newCuts = rerender.newCuts();
    if (newCuts.isPresent()) {
      terminal.say("take %s: %s".formatted(rerender.before().id(), newCuts.get()));
      return Optional.empty();
    }
    try (ServiceHost host = connection.open()) {
      return rerender.fromTopics(host, terminal);
    }
  }

  private int said(MadeTake before, Rerender.Sent sent) {
    terminal.say(
        sent.isNew()
            ? "%d chunks of take %s are sent again as take %s, which appears among the instance's takes"
                .formatted(sent.chunks(), before.id(), sent.take())
            : "take %s was sent before".formatted(sent.take()));
    ObjectNode root = root(before, sent.take(), From.TOPICS).put("chunks", sent.chunks());
    terminal.data(json ? root.put("exit", 0).toString() : sent.take());
    return ExitCode.OK.number();
  }

  private static ObjectNode root(MadeTake before, String take, From from) {
    return new ObjectMapper()
        .createObjectNode()
        .put("take", take)
        .put("renderedFrom", before.id())
        .put("from", from.toString());
  }

  private int fromSource(Rerender rerender) throws Exception {
    MadeTake before = rerender.before();
    FFmpeg ffmpeg = CommandFiles.ffmpeg();
    IdentifiedSource source =
        new SourceFinder(sources, ffmpeg).of(before).renderedFrom(before.id());
    Path folder = out.orElseGet(() -> before.folder().toAbsolutePath().getParent());
    Files.createDirectories(folder);
    TakeOrder order = rerender.order();
    String id = Ingest.take(source, order);
    OutFolder takes = new OutFolder(folder);
    takes.refresh();
    if (takes.take(id).filter(TrackFile::isComplete).isPresent()) {
      terminal.say("take %s is complete already".formatted(id));
    } else {
      make(
          new PlannedTake(
              id, source, order, Ingest.estimatedPictures(source, order.interpretation())),
          folder,
          ffmpeg);
      takes.refresh();
      new ArchiveManifest(folder).write(takes.all());
    }
    return made(before, id, takes);
  }

  private void make(PlannedTake planned, Path folder, FFmpeg ffmpeg) throws Exception {
    DataFolder held = DataFolder.hold(folder.resolve(HIDDEN).toAbsolutePath());
    try {
      ServiceLogs.toFile(held.path().resolve("logs/services.log"));
      terminal.say("rendering take %s in %s".formatted(planned.id(), folder));
      IngestResult result =
          new OwnChain(folder, held.path(), worker)
              .make(List.of(planned), ffmpeg, terminal, "stopping; the same command begins anew")
              .get(planned.id());
      if (result != null && result.badInput()) {
        throw new CommandFailure(ExitCode.BAD_INPUT, result.message());
      }
    } finally {
      held.remove();
    }
  }

  private int made(MadeTake before, String id, OutFolder takes) {
    TrackFile track =
        takes
            .take(id)
            .orElseThrow(
                () ->
                    new CommandFailure(ExitCode.FAILED, "take %s was not finished".formatted(id)));
    ExitCode code = track.isComplete() ? ExitCode.OK : ExitCode.FAILED;
    track.failures().forEach(terminal::complain);
    ObjectNode root =
        root(before, id, From.SOURCE)
            .put("chunks", track.totalChunks())
            .put("folder", track.folder().toString())
            .put("state", track.state())
            .put("exit", code.number());
    terminal.data(json ? root.toString() : track.folder().toString());
    return code.number();
  }
}
