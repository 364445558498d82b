package org.sonograph.launcher.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFiles;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.job.ArchiveIds;
import org.sonograph.launcher.job.JobPlan;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.ResultsFile;
import org.sonograph.launcher.job.Row;
import org.sonograph.launcher.job.RowFile;
import org.sonograph.launcher.job.SourceLook;
import org.sonograph.launcher.job.SourceRoots;
import org.sonograph.launcher.job.TakePlace;
import org.sonograph.launcher.job.Variant;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.launcher.s3.ObjectUrl;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.provenance.DigitalSource;

/** The sounds of a run, from the command line or from a list, and what is wanted of each. */
final class JobInputs {
  private final InputOptions input;
  private final ArchiveOptions archive;
  private final List<Variant> variants;
  private final OptionList said;
  private final ArchiveIds ids;
  private final TakePlace place;
  private final SourceRoots roots;
  private final List<Row> rows;
  private final Map<OptionList, List<Variant>> known = new HashMap<>();
  private final List<Item> items = new ArrayList<>();
  private List<String> remarks = List.of();

  /** One sound, or what should have been one. */
  private record Item(
      SequencedMap<String, String> own,
      Optional<JobPlan.Wanted> wanted,
      String problem,
      boolean isForbidden,
      boolean isDone) {
    static Item bad(SequencedMap<String, String> own, String problem, boolean isDone) {
      return new Item(own, Optional.empty(), problem, false, isDone);
    }
  }

  /**
   * Inputs.
   *
   * @param variants what is wanted of each sound that says nothing of its own
   * @param said the options that shape a take, as they were given
   */
  JobInputs(
      InputOptions input,
      ArchiveOptions archive,
      IdentityOptions identity,
      List<Variant> variants,
      OptionList said) {
    this.input = input;
    this.archive = archive;
    this.variants = variants;
    this.said = said;
    if (archive.list.isPresent() == !input.inputs.isEmpty()) {
      throw new IllegalArgumentException(
          input.inputs.isEmpty()
              ? "INPUT or --list is missing: what to make takes of"
              : "--list=" + archive.list.get() + " takes the place of INPUT, found both");
    }
    if (archive.list.isPresent() && variants.size() > 1) {
      throw new IllegalArgumentException(
          "--sweep and --seeds do not go with --list, whose columns say what differs");
    }
    if (archive.list.isEmpty()) {
      CommandFiles.requireSomeInput(input.inputs);
    }
    ids = new ArchiveIds(identity.idFrom(archive.list.isPresent()));
    place = identity.place();
    rows = archive.list.map(RowFile::read).orElse(List.of());
    roots =
        rows.isEmpty()
            ? SourceRoots.ofInputs(input.inputs)
            : SourceRoots.ofFiles(rows.stream().map(Row::file).toList());
  }

  /** Files, folders, patterns and objects, as they were named. */
  List<String> names() {
    return rows.isEmpty() ? input.inputs : rows.stream().map(Row::file).toList();
  }

  /** Whether each name stands for one sound. */
  boolean isList() {
    return !rows.isEmpty();
  }

  /** Looks at every sound; {@code data} is where streams are kept that must be files. */
  void look(Path data, FFmpeg ffmpeg, SourceLook.Aids aids) throws InterruptedException {
    SourceLook.Files files = SourceLook.Files.behind(names(), System.in, data, aids.remote());
    SourceLook look = SourceLook.of(files, archive.sample(said), ffmpeg, aids);
    for (SourceLook.Entry entry : look.entries()) {
      items.add(rows.isEmpty() ? plain(entry) : listed(entry, rows.get(entry.input())));
    }
    remarks = new ArrayList<>(look.remarks());
    remarks.addAll(ids.remarks());
  }

  private Item plain(SourceLook.Entry entry) {
    SequencedMap<String, String> own = new LinkedHashMap<>();
    String given = entry.given();
    boolean isFile = !given.equals(SourceFiles.STANDARD_INPUT) && !ObjectUrl.isOne(given);
    own.put(RowFile.FILE, isFile ? Path.of(given).toAbsolutePath().normalize().toString() : given);
    if (entry.source().isEmpty()) {
      return Item.bad(own, entry.problem(), false);
    }
    IdentifiedSource source =
        input.permission.applied(named(entry, "", entry.source().get().source().shown()), "");
    if (!source.archiveId().isEmpty()) {
      own.putFirst(RowFile.ID, source.archiveId());
    }
    return item(own, source, variants, false);
  }

  private Item listed(SourceLook.Entry entry, Row row) {
    if (entry.source().isEmpty()) {
      // What is done already needs its sound no more.
      String problem = row.isDone() ? "" : entry.problem();
      return Item.bad(own(row), problem, row.isDone());
    }
    Row.Label label = row.label();
    String at = "%s (%s)".formatted(row.at(), entry.source().get().source().shown());
    IdentifiedSource source =
        input
            .permission
            .applied(named(entry, row.id(), at), row.id())
            .labelled(label.title(), label.artist(), label.licence())
            .permitted(label.permission());
    SequencedMap<String, String> own = own(row);
    if (!source.archiveId().isEmpty()) {
      own.put(RowFile.ID, source.archiveId());
    }
    try {
      return item(own, source, of(row), row.isDone());
    } catch (IllegalArgumentException e) {
      String problem = "%s: %s: %s".formatted(source.source().shown(), row.at(), e.getMessage());
      return Item.bad(own(row), problem, false);
    }
  }

  private Item item(
      SequencedMap<String, String> own,
      IdentifiedSource source,
      List<Variant> variants,
      boolean isDone) {
    Optional<String> forbidden = isDone ? Optional.empty() : Derivatives.refusal(source);
    return forbidden
        .map(why -> new Item(own, Optional.empty(), why, true, false))
        .orElseGet(
            () -> new Item(own, Optional.of(wanted(source, variants, isDone)), "", false, isDone));
  }

  private IdentifiedSource named(SourceLook.Entry entry, String column, String at) {
    IdentifiedSource found = entry.source().orElseThrow();
    return ids.named(found.from(roots.placed(found.source(), entry.input())), column, at);
  }

  private JobPlan.Wanted wanted(IdentifiedSource source, List<Variant> ways, boolean isDone) {
    return new JobPlan.Wanted(source, ways, isDone, place.of(source));
  }

  /** A row's columns, its file as seen from the folder of the results. */
  private SequencedMap<String, String> own(Row row) {
    SequencedMap<String, String> own = new LinkedHashMap<>(row.cells());
    Optional<Path> results = archive.results.map(file -> file.toAbsolutePath().getParent());
    String file = own.get(RowFile.FILE).strip();
    if (results.isPresent() && !ObjectUrl.isOne(file) && !Path.of(file).isAbsolute()) {
      own.put(RowFile.FILE, results.get().relativize(Path.of(row.file())).toString());
    }
    return own;
  }

  /** What a row wants: the command line's options, its own in their place. */
  private List<Variant> of(Row row) {
    return row.options().given().isEmpty()
        ? variants
        : known.computeIfAbsent(row.options(), this::inPlaceOfWhatWasSaid);
  }

  private List<Variant> inPlaceOfWhatWasSaid(OptionList own) {
    List<OptionList.Given> all =
        new ArrayList<>(said.without(name -> !own.values(name).isEmpty()).given());
    all.addAll(own.given());
    OptionList options = new OptionList(all);
    RecipeOptions recipe = options.recipe();
    requireModel(recipe.model());
    recipe.interpretation(0);
    return Variant.only(options, seed -> recipe.interpretation(recipe.seed().orElse(seed)));
  }

  /** The job's workers open its own model, those that come along, and what needs none. */
  private void requireModel(String model) {
    if (!model.equals(said.recipe().model())
        && !BundledModels.names().contains(model)
        && DigitalSource.ofModel(model) != DigitalSource.DATA) {
      throw new IllegalArgumentException(
          "model=%s, expected the job's own, passthrough, or one that comes along: %s"
              .formatted(model, String.join(", ", BundledModels.names())));
    }
  }

  /** Sounds and what is wanted of them, in order. */
  List<JobPlan.Wanted> wanted() {
    return items.stream().flatMap(item -> item.wanted().stream()).toList();
  }

  /** The sounds. */
  List<IdentifiedSource> sources() {
    return wanted().stream().map(JobPlan.Wanted::source).toList();
  }

  /** A line for each input that is no sound, or of which nothing can be made. */
  List<String> problems() {
    return items.stream().map(Item::problem).filter(p -> !p.isEmpty()).toList();
  }

  /** Lines about what was left out on purpose. */
  List<String> remarks() {
    return remarks;
  }

  /** Writes what became of every sound, where that was asked for. */
  void writeResults(JobPlan plan, OutFolder out, Map<String, IngestResult> sent) {
    if (archive.results.isEmpty()) {
      return;
    }
    Map<Integer, List<JobPlan.Planned>> planned =
        plan.all().stream().collect(Collectors.groupingBy(JobPlan.Planned::entry));
    ResultsFile results = new ResultsFile();
    try {
      int entry = 0;
      for (Item item : items) {
        int number = item.wanted().isEmpty() ? -1 : entry++;
        if (item.isDone()) {
          results.kept(item.own());
        } else if (item.isForbidden()) {
          results.refused(item.own(), item.problem());
        } else if (!item.problem().isEmpty()) {
          results.unreadable(item.own(), "input", item.problem());
        } else {
          for (JobPlan.Planned one : planned.get(number)) {
            result(results, item, one.take(), out.take(one.take()), sent);
          }
        }
      }
      CommandFiles.write(archive.results.get(), results.bytes());
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE,
          archive.results.get() + ": cannot be written: " + e.getMessage(),
          e);
    }
  }

  private static void result(
      ResultsFile results,
      Item item,
      String take,
      Optional<TrackFile> track,
      Map<String, IngestResult> sent)
      throws IOException {
    Optional<IngestResult> bad = Optional.ofNullable(sent.get(take)).filter(IngestResult::badInput);
    if (track.isPresent() && Files.isDirectory(track.get().folder())) {
      results.made(item.own(), track.get());
    } else if (bad.isPresent()) {
      results.unreadable(
          item.own(), bad.get().outcome().name().toLowerCase(Locale.ROOT), bad.get().message());
    } else {
      results.notMade(item.own(), take);
    }
  }
}
