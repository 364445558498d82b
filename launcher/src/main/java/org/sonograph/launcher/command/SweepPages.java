package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sonograph.gallery.report.SweepPage;
import org.sonograph.gallery.report.SweepReport;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.job.JobPlan;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.Summary;
import org.sonograph.launcher.job.Variant;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.ShellWords;
import org.sonograph.launcher.recipe.Sweep;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Makes the pages of a sweep, one for each sound. */
final class SweepPages {
  /** What the folder of one take alone is called after the sweep's. */
  private static final String ALONE = "-alone";

  private final FFmpeg ffmpeg;
  private final Path out;

  SweepPages(FFmpeg ffmpeg, Path out) {
    this.ffmpeg = ffmpeg;
    this.out = out;
  }

  /** Writes them into the folder of the takes. */
  Summary.Swept write(Sweep sweep, JobPlan plan, OutFolder takes) {
    return new Summary.Swept(pages(sweep, plan, takes), takes(sweep, plan));
  }

  private Map<String, Summary.SweptTake> takes(Sweep sweep, JobPlan plan) {
    Map<String, Summary.SweptTake> all = new TreeMap<>();
    for (JobPlan.Planned planned : plan.all()) {
      SequencedMap<String, String> values = new LinkedHashMap<>(planned.variant().values());
      if (sweep.seeds() > 1) {
        values.put(Sweep.SEED, Long.toString(planned.variant().seed(plan.seed())));
      }
      all.put(planned.take(), new Summary.SweptTake(values, command(planned, plan.seed(), out)));
    }
    return all;
  }

  private List<Path> pages(Sweep sweep, JobPlan plan, OutFolder takes) {
    List<Path> pages = new ArrayList<>();
    Set<String> names = new TreeSet<>();
    for (JobPlan.Planned first : plan.all()) {
      boolean isFirst = first.variant().equals(plan.all().getFirst().variant());
      if (isFirst) {
        pages.add(write(sweep, plan, first, takes, names));
      }
    }
    return pages;
  }

  private Path write(
      Sweep sweep, JobPlan plan, JobPlan.Planned first, OutFolder takes, Set<String> names) {
    List<SweepReport.Take> cells = new ArrayList<>();
    for (JobPlan.Planned planned : plan.all()) {
      if (planned.entry() == first.entry()) {
        List<String> at = new ArrayList<>(planned.variant().values().values());
        if (sweep.seeds() > 1) {
          at.add(Long.toString(planned.variant().seed(plan.seed())));
        }
        cells.add(
            new SweepReport.Take(
                at, takes.take(planned.take()), command(planned, plan.seed(), out)));
      }
    }
    List<SweepPage.Axis> axes =
        sweep.allAxes(plan.seed()).stream()
            .map(axis -> new SweepPage.Axis(axis.name(), axis.values()))
            .toList();
    Path page = out.resolve(fileName(first.source(), names));
    try {
      new SweepReport(ffmpeg).write(page, first.source().source().name(), axes, cells);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.CANNOT_WRITE, page + ": " + e.getMessage(), e);
    }
    return page;
  }

  /** The command that makes one take alone, from the folder in which the sweep was run. */
  static String command(JobPlan.Planned planned, long firstSeed, Path out) {
    Variant variant = planned.variant();
    List<String> words = new ArrayList<>(List.of("./sonograph", "run"));
    words.add(planned.source().source().givenPath());
    words.addAll(List.of("--out", out + ALONE));
    OptionList options = variant.options();
    // of a list each picture takes the next
    if (options.values(Sweep.SEED).isEmpty()) {
      options = options.with(Sweep.SEED, Long.toString(variant.seed(firstSeed)));
    }
    words.addAll(options.arguments());
    return ShellWords.line(words);
  }

  private static String fileName(IdentifiedSource source, Set<String> taken) {
    String name = source.source().name();
    int dot = name.lastIndexOf('.');
    String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^\\p{L}\\p{N}._-]", "_");
    String wanted = "sweep-" + stem;
    String found = wanted;
    for (int n = 2; !taken.add(found.toLowerCase(Locale.ROOT)); n++) {
      found = wanted + "-" + n;
    }
    return found + ".html";
  }
}
