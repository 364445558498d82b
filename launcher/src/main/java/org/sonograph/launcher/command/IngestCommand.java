package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.job.SourceLook;
import org.sonograph.launcher.job.Submission;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends sounds to a running instance. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = {
      "Sends sounds to a running ./sonograph up, or to a cluster, and returns when it has them.",
      "Prints the id of each take on standard output. Without --model they are painted by the model",
      "that ./sonograph up was started with."
    })
public final class IngestCommand implements Callable<Integer> {
  private static final long DRAWN_BELOW = 1L << 32;
  private static final long GLANCE_MS = 100;
  private static final String LOCAL = "local";

  private final Terminal terminal;

  @Mixin InputOptions input = new InputOptions();

  @Mixin RecipeOptions recipe = new RecipeOptions();

  @Option(
      names = "--priority",
      paramLabel = "bulk|live",
      description = {
        "bulk: send only as much as keeps the workers busy, so that whatever is live waits for",
        "little, and other bulk jobs get as much (default); live: up to --ahead pictures at once."
      })
  Priority priority = Priority.BULK;

  @Option(
      names = "--model-hash",
      paramLabel = "SHA256|local",
      description = {
        "Have chunks refused by workers whose model is another one than that of this hash, or than",
        "the one of that name on this machine (default: whatever model the workers have)."
      })
  Optional<String> modelHash = Optional.empty();

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  public IngestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    recipe.paintedBy(connection.instance().model());
    boolean drawn = recipe.seed().isEmpty();
    long seed = recipe.seed().orElseGet(() -> new SecureRandom().nextLong(DRAWN_BELOW));
    Interpretation interpretation = pinned(recipe.interpretation(seed));
    connection.requireRegistry();
    CommandFiles.requireSomeInput(input.inputs);
    FFmpeg ffmpeg = CommandFiles.ffmpeg();
    Path spool = connection.data == null ? UserData.folder() : connection.data;
    SourceLook look = SourceLook.at(input.inputs, System.in, spool, ffmpeg);
    look.problems().forEach(terminal::complain);
    look.remarks().forEach(terminal::say);
    terminal.say("seed " + seed + (drawn ? " (drawn; --seed makes the same again)" : ""));
    List<IdentifiedSource> sources =
        look.sources().stream().map(s -> input.permission.applied(s, "")).toList();
    int bad = look.problems().size() + send(plan(sources, interpretation), ffmpeg);
    return (bad == 0 ? ExitCode.OK : ExitCode.BAD_INPUT).number();
  }

  /** The workers' model may be one that is not here: it counts only where that was asked for. */
  private Interpretation pinned(Interpretation interpretation) {
    String here = interpretation.getDiffusion().getModelHash();
    String hash = modelHash.orElse("");
    if (hash.equals(LOCAL) && here.isEmpty() || !hash.matches(LOCAL + "|([0-9a-f]{64})?")) {
      throw new IllegalArgumentException(
          "--model-hash=%s, expected %s"
              .formatted(
                  hash,
                  hash.equals(LOCAL)
                      ? "a hash: model " + recipe.model() + " is not here, or has no files"
                      : "a SHA-256 in 64 hexadecimal digits, or local"));
    }
    return Interpretation.newBuilder(interpretation)
        .setDiffusion(
            DiffusionSettings.newBuilder(interpretation.getDiffusion())
                .setModelHash(hash.equals(LOCAL) ? here : hash)
                .build())
        .build();
  }

  private List<PlannedTake> plan(List<IdentifiedSource> sources, Interpretation interpretation) {
    long occurrence = input.occurrence().orElse(input.isAgain() ? 1 : 0);
    List<PlannedTake> takes = new ArrayList<>();
    Map<String, Long> equal = new HashMap<>();
    for (IdentifiedSource source : sources) {
      long number = equal.merge(source.id(), 1L, Long::sum) - 1 + occurrence;
      TakeOrder order = new TakeOrder(interpretation, recipe.format().toString(), number);
      takes.add(
          new PlannedTake(
              Ingest.take(source, order),
              source,
              order,
              Ingest.estimatedPictures(source, interpretation)));
    }
    return takes;
  }

  /** Sends the takes; how many were bad. */
  private int send(List<PlannedTake> takes, FFmpeg ffmpeg) throws InterruptedException {
    try (ServiceHost host = ServiceHost.open(connection.config(List.of()))) {
      host.probe()
          .ifPresent(
              problem -> {
                throw new CommandFailure(ExitCode.UNAVAILABLE, problem);
              });
      host.prepare();
      try (Submission submission =
          Submission.start(
              host, ffmpeg, takes, Submission.Rules.all(priority.restraint(host, input.ahead)))) {
        while (!submission.isDone()) {
          terminal.status(
              List.of("%d of %d takes sent".formatted(submission.results().size(), takes.size())));
          Thread.sleep(GLANCE_MS);
        }
        terminal.status(List.of());
        for (String crash : submission.crashes()) {
          throw new CommandFailure(ExitCode.UNAVAILABLE, crash);
        }
        return report(takes, submission.results());
      }
    }
  }

  private int report(List<PlannedTake> takes, Map<String, IngestResult> results) {
    int bad = 0;
    for (PlannedTake take : takes) {
      IngestResult result = results.get(take.id());
      if (result.badInput()) {
        bad++;
        terminal.complain(result.message());
      }
      if (result.chunks() > 0) {
        terminal.data("%s %s".formatted(take.id(), take.shown()));
      }
      if (result.outcome() == IngestResult.Outcome.ALREADY_SENT) {
        terminal.say(take.shown() + ": was sent before (--again makes another take of it)");
      }
    }
    return bad;
  }
}
