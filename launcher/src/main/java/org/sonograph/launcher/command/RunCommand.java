package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.IngestResult;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.facts.SourceFacts;
import org.sonograph.launcher.job.ArchiveManifest;
import org.sonograph.launcher.job.DryRun;
import org.sonograph.launcher.job.Estimate;
import org.sonograph.launcher.job.Job;
import org.sonograph.launcher.job.JobControl;
import org.sonograph.launcher.job.JobFile;
import org.sonograph.launcher.job.JobPlan;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.job.SourceLook;
import org.sonograph.launcher.job.Summary;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.launcher.recipe.Sweep;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.schemas.Interpretation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole chain over some inputs and ends when every take is complete. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Turns sounds into pictures, the pictures into art, and the art into sound.",
      "Starts a broker and a schema registry of its own, and ends when every track is complete. The"
          + " same command again, after a crash",
      "or Ctrl-C, goes on where it was."
    })
public final class RunCommand implements Callable<Integer> {
  /** Folder below OUT for the data of a job, until all is complete. */
  static final String HIDDEN = ".sonograph";

  /** Complete takes that are named each; an archive has too many. */
  private static final int LOOKS_A_LINE = 25;

  private static final int MOST_NAMED = 20;

  private final Terminal terminal;

  @Mixin InputOptions input = new InputOptions();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder that gets one folder a take.")
  Path out;

  @Spec CommandSpec spec;

  @Mixin ArchiveOptions archive = new ArchiveOptions();

  @Mixin IdentityOptions identity = new IdentityOptions();

  @Mixin StorageOptions storage = new StorageOptions();

  @Mixin SweepOptions sweeps = new SweepOptions();

  @Mixin RecipeOptions recipe = new RecipeOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for the broker's data (default: OUT/.sonograph, removed at the end).")
  Path data;

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Option(
      names = "--json",
      description = "At the end, a summary as one line of JSON on standard output.")
  boolean json;

  @Mixin AfterOptions after = new AfterOptions();

  public RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    worker.check(terminal);
    if (input.ahead < 1) {
      throw new IllegalArgumentException("--ahead=" + input.ahead + ", expected 1 or more");
    }
    Sweep sweep = sweeps.sweep(recipe);
    OptionList said = OptionList.of(spec.commandLine().getParseResult());
    JobPlan.Request request =
        new JobPlan.Request(
            sweeps.variants(sweep, recipe, said),
            sweep.text(),
            recipe.seed(),
            recipe.format().toString(),
            input.isAgain() && input.occurrence().isEmpty(),
            input.occurrence().orElse(0));
    request.variants().forEach(variant -> after.check(variant.interpretation(0)));
    JobInputs inputs = new JobInputs(input, archive, identity, request.variants(), said);
    archive.time();
    return archive.dryRun ? dryRun(request, inputs) : run(request, sweep, inputs);
  }

  private int run(JobPlan.Request request, Sweep sweep, JobInputs inputs) throws Exception {
    makeOut();
    archive.results.ifPresent(CommandFiles::requireWritable);
    DataFolder held = DataFolder.hold(data().toAbsolutePath());
    try {
      ServiceLogs.toFile(held.path().resolve("logs/services.log"));
      SourceFacts facts = facts();
      try (StorageSession session = storage.open(held.path(), inputs, facts)) {
        look(inputs, held.path(), session, facts);
        return run(request, sweep, inputs, held, session);
      }
    } catch (Exception e) {
      letGo(held);
      throw e;
    }
  }

  private static SourceFacts facts() {
    return new SourceFacts(UserData.folder().resolve("sources.jsonl"));
  }

  private void look(JobInputs inputs, Path folder, StorageSession session, SourceFacts facts)
      throws InterruptedException {
    LongConsumer looked =
        number -> {
          if (number % LOOKS_A_LINE == 0) {
            terminal.status(List.of("%d sounds looked at".formatted(number)));
          }
        };
    inputs.look(
        folder,
        CommandFiles.ffmpeg(),
        new SourceLook.Aids(session.sources(), Optional.of(facts), looked));
    terminal.status(List.of());
  }

  private Path data() {
    return data == null ? out.resolve(HIDDEN) : data;
  }

  /** Looks and plans as a run does, and says what it would be. */
  private int dryRun(JobPlan.Request request, JobInputs inputs) throws Exception {
    DataFolder streams = DataFolder.hold(Files.createTempDirectory("sonograph-dry-run"));
    SourceFacts facts = facts();
    try (StorageSession session = storage.open(streams.path(), inputs, facts)) {
      look(inputs, streams.path(), session, facts);
      OutFolder folder = new OutFolder(out);
      folder.refresh();
      JobPlan plan = JobPlan.of(request, inputs.wanted(), JobFile.read(data()), folder);
      inputs.problems().forEach(terminal::complain);
      inputs.remarks().forEach(terminal::say);
      DryRun dry = new DryRun(plan, estimate(plan), inputs.problems().size(), price());
      (json ? List.of(dry.json()) : dry.lines()).forEach(terminal::data);
      return (inputs.problems().isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT).number();
    } finally {
      streams.remove();
    }
  }

  private OptionalDouble price() {
    return archive.hourlyPrice.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(archive.hourlyPrice.get() * worker.count());
  }

  /** A folder in which nothing was begun is of no use to anyone. */
  private static void letGo(DataFolder held) {
    if (JobFile.read(held.path()).isPresent()) {
      held.close();
    } else {
      held.remove();
    }
  }

  private int run(
      JobPlan.Request request,
      Sweep sweep,
      JobInputs inputs,
      DataFolder held,
      StorageSession session)
      throws Exception {
    FFmpeg ffmpeg = CommandFiles.ffmpeg();
    List<String> problems = new ArrayList<>(inputs.problems());
    problems.forEach(terminal::complain);
    inputs.remarks().forEach(terminal::say);
    storage.begin(session, out, terminal, after.isNothing() && !sweep.isSeveral());
    OutFolder folder = new OutFolder(out);
    folder.refresh();
    Optional<JobFile> earlier = JobFile.read(held.path());
    JobPlan plan = JobPlan.of(request, inputs.wanted(), earlier, folder);
    sayFinished(plan.finished());
    Map<String, IngestResult> sent = Map.of();
    if (!plan.takes().isEmpty()) {
      announce(plan, earlier);
      plan.toJob(request, earlier).write(held.path());
      sent = make(plan, held.path(), ffmpeg, session.sources());
      problems.addAll(badInputs(plan, sent));
      folder.refresh();
    }
    List<TrackFile> tracks = tracks(plan, folder);
    Map<String, List<Path>> made =
        after.make(ffmpeg, tracks, inputs.sources(), terminal, session.sources());
    Summary summary =
        new Summary(
            new Summary.Recipe(plan.seed(), plan.settingsHash()),
            tracks,
            problems,
            made,
            swept(sweep, plan, ffmpeg, folder));
    new ArchiveManifest(out).write(folder.all());
    boolean isCopied = storage.finish(session, tracks);
    inputs.writeResults(plan, folder, sent);
    finish(summary, held, earlier.isPresent() || !plan.takes().isEmpty());
    boolean isAll = isCopied || summary.exitCode() != ExitCode.OK;
    return (isAll ? summary.exitCode() : ExitCode.CANNOT_WRITE).number();
  }

  private void sayFinished(List<TrackFile> finished) {
    finished.stream()
        .limit(MOST_NAMED)
        .forEach(
            t ->
                terminal.say(
                    "%s is complete already: %s (--again makes it anew)"
                        .formatted(t.sourceName(), t.folder())));
    if (finished.size() > MOST_NAMED) {
      terminal.say("and %d more are complete already".formatted(finished.size() - MOST_NAMED));
    }
  }

  private Optional<Summary.Swept> swept(
      Sweep sweep, JobPlan plan, FFmpeg ffmpeg, OutFolder folder) {
    if (!sweep.isSeveral() || plan.all().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new SweepPages(ffmpeg, out).write(sweep, plan, folder));
  }

  private Estimate estimate(JobPlan plan) {
    int readings =
        plan.takes().isEmpty()
            ? 0
            : plan.takes().getFirst().order().interpretation().getReadings().size();
    return after.with(Estimate.of(work(plan), recipe.format()), plan.takes(), readings);
  }

  private Estimate.Work work(JobPlan plan) {
    return new Estimate.Work(plan.takes(), input.ahead, worker.count());
  }

  private void announce(JobPlan plan, Optional<JobFile> earlier) {
    Interpretation interpretation = plan.takes().getFirst().order().interpretation();
    Estimate estimate = estimate(plan);
    if (!storage.isPassing()) {
      estimate.requireSpace(out);
    }
    terminal.say(
        "%s%d take%s, %s"
            .formatted(
                earlier.isPresent() ? "going on: " : "",
                plan.takes().size(),
                plan.takes().size() == 1 ? "" : "s",
                estimate.shown()));
    sayWhatDoesNotLoop(interpretation, plan);
    terminal.say(
        "seed %d%s"
            .formatted(
                plan.seed(), plan.isSeedDrawn() ? " (drawn; --seed makes the same again)" : ""));
  }

  /** Which sounds of a run with {@code --loop} are no loops, and why. */
  private void sayWhatDoesNotLoop(Interpretation interpretation, JobPlan plan) {
    if (!interpretation.getDiffusion().getLoop()) {
      return;
    }
    for (PlannedTake take : plan.takes()) {
      if (take.pictures() > 1) {
        terminal.say(
            "%s: %d pictures, each goes round by itself; loop points need a sound of one picture"
                .formatted(take.shown(), take.pictures()));
      }
    }
    if (!recipe.format().isWav()) {
      terminal.say(
          "--format %s cannot carry loop points, wav and wav-f32 can".formatted(recipe.format()));
    }
  }

  /** Makes the takes; what was sent of each. */
  private Map<String, IngestResult> make(
      JobPlan plan, Path folder, FFmpeg ffmpeg, RemoteSources remote) throws Exception {
    Interpretation first = plan.takes().getFirst().order().interpretation();
    Stopping stopping =
        new Stopping(
            terminal,
            "stopping; the same command goes on where this one was",
            () -> InstanceFile.remove(folder));
    try (stopping) {
      InstanceFile.remove(folder);
      JobControl.tell(folder, Optional.empty());
      Embedded chain =
          Embedded.start(
              new OwnChain(out, folder, worker).plan(first.getDiffusion().getModel()),
              terminal::complain);
      stopping.closeFirst(chain);
      chain.instance().write(folder);
      JobControl control = new JobControl(folder, archive.time(), System::nanoTime);
      Job job = new Job(terminal, new OutFolder(out), plan.takes(), input.ahead, control);
      Map<String, IngestResult> sent = job.run(chain, ffmpeg, remote);
      control.end().ifPresent(end -> sayNotMade(end, plan.takes().size() - sent.size()));
      job.secondsAPicture().ifPresent(seconds -> Estimate.learn(work(plan), seconds));
      return sent;
    }
  }

  private void sayNotMade(JobControl.End end, int takes) {
    terminal.say(
        "%s: %d take%s not made; the same command goes on with them"
            .formatted(
                end == JobControl.End.BUDGET ? "the budget is used up" : "cancelled",
                takes,
                takes == 1 ? "" : "s"));
  }

  /** Lines about inputs that turned out to be bad. */
  private List<String> badInputs(JobPlan plan, Map<String, IngestResult> sent) {
    List<String> problems = new ArrayList<>();
    for (PlannedTake take : plan.takes()) {
      IngestResult result = sent.get(take.id());
      if (result != null && result.badInput()) {
        terminal.complain(result.message());
        problems.add(result.message());
      }
    }
    return problems;
  }

  private static List<TrackFile> tracks(JobPlan plan, OutFolder folder) {
    List<TrackFile> tracks = new ArrayList<>(plan.finished());
    plan.takes().forEach(take -> folder.take(take.id()).ifPresent(tracks::add));
    return tracks;
  }

  private void finish(Summary summary, DataFolder held, boolean hasData) {
    summary.lines().forEach(terminal::say);
    if (json) {
      terminal.data(summary.json());
    }
    if (summary.hasFailures() && hasData) {
      terminal.say("some chunks failed and are silence; the data are kept in " + held.path());
      held.close();
    } else {
      held.remove();
    }
  }

  private void makeOut() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, out + ": cannot be made: " + CommandFiles.reason(e), e);
    }
  }
}
