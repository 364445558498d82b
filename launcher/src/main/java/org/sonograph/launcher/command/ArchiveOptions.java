package org.sonograph.launcher.command;

import java.nio.file.Path;
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
