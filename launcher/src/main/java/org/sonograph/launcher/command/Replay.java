package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.ancestry.MadeTake;
import org.sonograph.launcher.ancestry.Output;
import org.sonograph.launcher.ancestry.OutputFinder;
import org.sonograph.launcher.ancestry.SoundDifference;
import org.sonograph.launcher.ancestry.SourceFinder;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.recipe.ModelHashes;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Some outputs on their way to being made once more: found, made, compared. */
final class Replay {
  /** Folder below the new one for the chain's data, until all is made. */
  private static final String HIDDEN = ".sonograph";

  /** Further takes of one sound and one recipe that are thought of. */
  private static final int MOST_OCCURRENCES = 1000;

  private final OutputFinder finder;
  private final SourceFinder sources;
  private final FFmpeg ffmpeg;
  private final Terminal terminal;
  private final List<Item> items = new ArrayList<>();
  private final SequencedMap<String, PlannedTake> planned = new LinkedHashMap<>();
  private final Map<String, CommandFailure> failures = new LinkedHashMap<>();
  private Optional<OutFolder> made = Optional.empty();

  /** What was asked for, and what is behind it. */
  private record Item(Path given, Optional<Output> output, Optional<CommandFailure> failure) {}

  /**
   * What came of one output.
   *
   * @param output the first one
   * @param again the second one, where there is one
   * @param difference how they differ, where there are two
   * @param isEqual whether that counts as equal
   * @param problem why there are not two, or ""
   * @param code what the process would end with for this one alone
   */
  record Result(
      Path output,
      Optional<Path> again,
      Optional<SoundDifference> difference,
      boolean isEqual,
      String problem,
      ExitCode code) {

    private static Result failed(Path output, CommandFailure why) {
      return new Result(
          output, Optional.empty(), Optional.empty(), false, why.getMessage(), why.code());
    }

    /** For a person. */
    String line() {
      return difference
          .map(
              d ->
                  "%s: %s%s (%s)"
                      .formatted(
                          output,
                          d.shown(),
                          isEqual && !d.isNone() ? ", within the tolerance" : "",
                          again.orElseThrow()))
          .orElseGet(() -> "%s: not made again: %s".formatted(output, problem));
    }
  }

  Replay(OutputFinder finder, SourceFinder sources, FFmpeg ffmpeg, Terminal terminal) {
    this.finder = finder;
    this.sources = sources;
    this.ffmpeg = ffmpeg;
    this.terminal = terminal;
  }

  /** Adds what is behind a path; what cannot be made again shows in the results. */
  void add(Path given) {
    try {
      for (Output output : finder.find(given)) {
        items.add(new Item(output.file(), Optional.of(output), Optional.empty()));
        plan(output.take());
      }
    } catch (CommandFailure e) {
      items.add(new Item(given, Optional.empty(), Optional.of(e)));
    }
  }

  private void plan(MadeTake take) {
    if (planned.containsKey(take.id()) || failures.containsKey(take.id())) {
      return;
    }
    try {
      requireModel(take);
      IdentifiedSource source = sources.of(take);
      TakeOrder order = order(take, source);
      planned.put(
          take.id(),
          new PlannedTake(
              Ingest.take(source, order),
              source,
              order,
              Ingest.estimatedPictures(source, order.interpretation())));
    } catch (CommandFailure e) {
      failures.put(take.id(), e);
    }
  }

  private static void requireModel(MadeTake take) {
    String name = take.manifest().model().name();
    String then = take.manifest().model().sha256();
    String here = ModelHashes.of(name);
    if (!then.isEmpty() && here.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "take %s was painted by model %s (SHA-256 %s), which is not here: ./sonograph model list shows those that are"
              .formatted(take.id(), name, then));
    }
    if (!then.isEmpty() && !then.equals(here)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "take %s was painted by model %s with the SHA-256 %s, here it has %s: the model has changed"
              .formatted(take.id(), name, then, here));
    }
  }

  /** The order that gives the take's own id, by which noise and tags are the same. */
  private static TakeOrder order(MadeTake take, IdentifiedSource source) {
    TakeOrder first = new TakeOrder(take.interpretation(), take.manifest().format(), 0);
    TakeOrder order = first;
    for (int n = 1; n <= MOST_OCCURRENCES; n++) {
      if (Ingest.take(source, order).equals(take.id())) {
        return order;
      }
      order = new TakeOrder(first.interpretation(), first.format(), n);
    }
    return first;
  }

  /** Makes them in a new folder: one chain for all takes of a model. */
  void make(Path folder, WorkerOptions worker) throws Exception {
    if (planned.isEmpty()) {
      return;
    }
    terminal.say(
        "making %d take%s again in %s"
            .formatted(planned.size(), planned.size() == 1 ? "" : "s", folder));
    Files.createDirectories(folder);
    Map<String, List<PlannedTake>> byModel =
        planned.values().stream()
            .collect(
                Collectors.groupingBy(
                    take -> take.order().interpretation().getDiffusion().getModel(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (List<PlannedTake> takes : byModel.values()) {
      DataFolder held = DataFolder.hold(folder.resolve(HIDDEN).toAbsolutePath());
      try {
        ServiceLogs.toFile(held.path().resolve("logs/services.log"));
        new OwnChain(folder, held.path(), worker)
            .make(
                takes, ffmpeg, terminal, "stopping; what was made again so far stays in " + folder)
            .forEach(this::note);
      } finally {
        held.remove();
      }
    }
    OutFolder out = new OutFolder(folder);
    out.refresh();
    made = Optional.of(out);
  }

  private void note(String take, IngestResult result) {
    if (result.badInput()) {
      failures.put(take, new CommandFailure(ExitCode.BAD_INPUT, result.message()));
    }
  }

  /**
   * What came of each.
   *
   * @param toleranceDb what counts as equal although it is not
   */
  List<Result> results(double toleranceDb) {
    List<Result> results = new ArrayList<>();
    for (Item item : items) {
      results.add(
          item.failure()
              .map(e -> Result.failed(item.given(), e))
              .orElseGet(() -> result(item.output().orElseThrow(), toleranceDb)));
    }
    return results;
  }

  private Result result(Output output, double toleranceDb) {
    CommandFailure failure = failures.get(output.take().id());
    if (failure != null) {
      return Result.failed(output.file(), failure);
    }
    PlannedTake plan = planned.get(output.take().id());
    Optional<Path> file =
        made.flatMap(out -> out.take(plan.id()))
            .map(track -> track.folder().resolve(output.entry().file()))
            .filter(Files::exists);
    if (file.isEmpty()) {
      String why = "take %s was not finished: see the notes in its track.json".formatted(plan.id());
      return Result.failed(output.file(), new CommandFailure(ExitCode.FAILED, why));
    }
    return compared(output, file.get(), toleranceDb);
  }

  private Result compared(Output output, Path again, double toleranceDb) {
    try {
      SoundDifference difference = SoundDifference.between(ffmpeg, output.file(), again);
      boolean isEqual = difference.isWithin(toleranceDb);
      return new Result(
          output.file(),
          Optional.of(again),
          Optional.of(difference),
          isEqual,
          "",
          isEqual ? ExitCode.OK : ExitCode.FAILED);
    } catch (IOException e) {
      String why =
          "%s and %s cannot be compared: %s".formatted(output.file(), again, e.getMessage());
      return Result.failed(output.file(), new CommandFailure(ExitCode.FAILED, why, e));
    }
  }

  /** Bad or missing input outweighs a difference, as everywhere. */
  static ExitCode exitCode(List<Result> results) {
    for (ExitCode code :
        List.of(ExitCode.BAD_INPUT, ExitCode.NO_INPUT, ExitCode.UNAVAILABLE, ExitCode.FAILED)) {
      if (results.stream().anyMatch(r -> r.code() == code)) {
        return code;
      }
    }
    return ExitCode.OK;
  }

  /** The results for a program. */
  static String json(List<Result> results, Path folder) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("out", folder.toString());
    root.put("exit", exitCode(results).number());
    ArrayNode all = root.putArray("outputs");
    for (Result result : results) {
      ObjectNode node = all.addObject();
      node.put("output", result.output().toString());
      result.again().ifPresent(file -> node.put("again", file.toString()));
      node.put("equal", result.difference().filter(SoundDifference::isNone).isPresent());
      node.put("accepted", result.isEqual());
      result
          .difference()
          .filter(d -> !d.isNone())
          .ifPresent(
              d -> {
                node.put("form", d.form());
                node.put("largest", d.largest());
                node.put("snrDb", d.snrDb());
              });
      node.put("problem", result.problem());
      node.put("code", result.code().number());
    }
    return root.toString();
  }
}
