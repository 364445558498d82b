package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.sonograph.launcher.job.Sample;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.Sweep;
import picocli.CommandLine.Option;

/** What {@code run} offers for archives: lists in and out, a look ahead, a pilot. */
final class ArchiveOptions {
  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = {
        "Sounds from a list in place of INPUT: CSV with a header, JSON lines (.jsonl), or a path a",
        "line. Columns: file, id, title, artist, licence, and any option of a take such as prompt,",
        "seed, strength or reading (several: rgb-mean voices). Paths are relative to the list."
      })
  Optional<Path> list = Optional.empty();

  @Option(
      names = "--results",
      paramLabel = "FILE.csv",
      description = {
        "At the end, write what became of every sound: its columns, outcome, code, reason, take,",
        "folder, files, sha256. Fed back by --list, what is not complete is made."
      })
  Optional<Path> results = Optional.empty();

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Only N of the sounds, chosen by the seed (0 where none is named): a pilot of the whole.")
  Optional<Integer> sample = Optional.empty();

  @Option(
      names = "--dry-run",
      description = "Count files, sound, pictures, space and time, and make nothing.")
  boolean dryRun;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description = {
        "Begin no take that would not be done in this time, such as 8h or 1h30m; the same command",
        "goes on with the others another day."
      })
  Optional<String> budget = Optional.empty();

  @Option(
      names = "--hourly-price",
      paramLabel = "X",
      description = "With --dry-run: what an hour of one worker costs; says what all costs.")
  Optional<Double> hourlyPrice = Optional.empty();

  /** How long the job may take. */
  Optional<Duration> time() {
    return budget.map(
        text -> {
          try {
            Duration time = Duration.parse("PT" + text);
            if (time.isPositive()) {
              return time;
            }
          } catch (DateTimeParseException e) {
            // said below
          }
          throw new IllegalArgumentException(
              "--budget=" + text + ", expected a time such as 8h, 90m or 1h30m");
        });
  }

  /** Which of the sounds. */
  Sample sample(OptionList said) {
    if (sample.isEmpty()) {
      return Sample.ALL;
    }
    List<String> seeds = said.values(Sweep.SEED);
    boolean isOne = seeds.size() == 1 && seeds.getFirst().matches("[0-9]{1,18}");
    return new Sample(sample.get(), isOne ? Long.parseLong(seeds.getFirst()) : 0);
  }
}
