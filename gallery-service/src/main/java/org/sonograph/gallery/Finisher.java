package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes of a collected take what one opens: sounds under their final names and formats, and the
 * scroll.
 */
final class Finisher {
  private final SoundEncoder encoder;
  private final int scrollMaxWidth;

  Finisher(SoundEncoder encoder, int scrollMaxWidth) {
    this.encoder = encoder;
    this.scrollMaxWidth = scrollMaxWidth;
  }

  /**
   * One sound to finish.
   *
   * @param reading its name
   * @param partial where it was collected
   * @param whole the file asked for
   * @param header head of the WAV
   * @param samples its length
   * @param mayBeRepaired whether part of it failed, so that what it was collected in has to stay
   */
  record SoundPlan(
      String reading,
      Path partial,
      Path whole,
      WaveHeader header,
      long samples,
      boolean mayBeRepaired) {}

  /** All that is needed to finish a take, without the take itself. */
  record Plan(
      Path folder,
      OutputFormat format,
      List<SoundPlan> sounds,
      Optional<PictureGrid> grid,
      long pictures,
      SoundLabel scrollLabel,
      Ancestors ancestors) {}

  /**
   * What was made.
   *
   * @param sounds file name by reading
   * @param files further files
   * @param notes what did not go as asked
   */
  record Result(Map<String, String> sounds, List<String> files, List<String> notes) {}

  /** The plan for a take as it stands; readings that are not whole keep their partial names. */
  static Plan plan(TakeState take) {
    TakeFiles files = new TakeFiles(take);
    List<SoundPlan> sounds = new ArrayList<>();
    for (ReadingState reading : take.readings().values()) {
      if (reading.isWhole() && reading.sampleRateHz() > 0) {
        boolean hasFailed =
            take.failures().values().stream().anyMatch(f -> f.readings().contains(reading.name()));
        sounds.add(
            new SoundPlan(
                reading.name(),
                files.partial(reading),
                files.whole(reading),
                files.header(reading),
                reading.samples(),
                hasFailed));
      }
    }
    return new Plan(
        take.folder(),
        files.format(),
        sounds,
        take.track().grid(),
        take.track().totalChunks(),
        SoundLabel.ofScroll(take),
        Ancestors.of(take));
  }

  /** Carries the plan out; any part that is done already is left or made again alike. */
  Result finish(Plan plan) throws IOException, InterruptedException {
    Map<String, String> sounds = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (SoundPlan sound : plan.sounds()) {
      sounds.put(sound.reading(), finish(sound, plan.format(), notes));
    }
    Result result = new Result(sounds, scroll(plan, notes), notes);
    String program = plan.format().needsEncoding() ? encoder.program() : "";
    new ManifestWriter(plan.folder(), plan.ancestors(), program).write(plan.pictures(), result);
    return result;
  }

  private List<String> scroll(Plan plan, List<String> notes) throws IOException {
    if (plan.grid().isEmpty()) {
      return List.of();
    }
    try {
      Scroll.Form form = new Scroll.Form(scrollMaxWidth, plan.format().isLean());
      return new Scroll(plan.folder(), plan.grid().get(), form, plan.scrollLabel())
          .write(plan.pictures());
    } catch (IllegalArgumentException
        | ArithmeticException
        | IndexOutOfBoundsException
        | OutOfMemoryError e) {
      notes.add("the scroll could not be joined: " + e.getMessage());
      return List.of();
    }
  }

  private String finish(SoundPlan sound, OutputFormat format, List<String> notes)
      throws IOException, InterruptedException {
    if (Files.notExists(sound.partial()) && Files.notExists(sound.whole())) {
      try (SoundFile silence = new SoundFile(sound.partial(), sound.header())) {
        silence.sync(sound.samples());
      }
    }
    if (format.needsEncoding()) {
      return encode(sound, format, notes);
    }
    if (Files.exists(sound.partial())) {
      DurableFiles.rename(sound.partial(), sound.whole());
    }
    return sound.whole().getFileName().toString();
  }

  private String encode(SoundPlan sound, OutputFormat format, List<String> notes)
      throws IOException, InterruptedException {
    if (Files.notExists(sound.partial())) {
      return sound.whole().getFileName().toString();
    }
    Path temporary = DurableFiles.temporary(sound.whole());
    try {
      Files.deleteIfExists(temporary);
      encoder.encode(sound.partial(), temporary, format, sound.header().label());
      DurableFiles.force(temporary);
      DurableFiles.rename(temporary, sound.whole());
    } catch (EncodingException e) {
      Files.deleteIfExists(temporary);
      notes.add(
          "%s could not be written as %s (%s); it is kept as WAV"
              .formatted(sound.reading(), format.option(), e.getMessage()));
      return sound.partial().getFileName().toString();
    }
    if (!sound.mayBeRepaired()) {
      Files.delete(sound.partial());
    }
    return sound.whole().getFileName().toString();
  }
}
