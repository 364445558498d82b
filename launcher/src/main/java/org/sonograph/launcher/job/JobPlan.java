package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SettingsHash;

/**
 * What a run has to do.
 *
 * @param seed seed of its takes, or the first of several
 * @param isSeedDrawn true if the seed was drawn for this run
 * @param takes takes to be made or finished, in the order of the inputs
 * @param finished takes that are complete already
 * @param all each of them, made or not, in the order of the inputs and then of the variants
 */
public record JobPlan(
    long seed,
    boolean isSeedDrawn,
    List<PlannedTake> takes,
    List<TrackFile> finished,
    List<Planned> all) {
  /** Seeds that are drawn are easy to copy by hand. */
  private static final long DRAWN_BELOW = 1L << 32;

  /**
   * Where a take comes from.
   *
   * @param take its id
   * @param entry which of the inputs, from 0
   * @param source what of
   * @param variant how
   */
  public record Planned(String take, int entry, IdentifiedSource source, Variant variant) {}

  /**
   * A sound of which takes are wanted.
   *
   * @param source the sound
   * @param variants the ways in which to make them
   * @param isDone true where they were made elsewhere: they count, but are left alone
   * @param folder the folder wished for, as {@code TakePlace} says it
   */
  public record Wanted(
      IdentifiedSource source, List<Variant> variants, boolean isDone, String folder) {
    public Wanted {
      variants = List.copyOf(variants);
    }
  }

  /**
   * What was asked for.
   *
   * @param variants the ways in which to make a take of each sound, at least one
   * @param sweep what is swept, in words; empty where nothing is
   * @param seed the seed, or the first one, where one was named
   * @param format format of the sound files
   * @param again true to make takes anew that are complete
   * @param occurrence which further take of each sound to make first; 0 for the first one
   */
  public record Request(
      List<Variant> variants,
      String sweep,
      OptionalLong seed,
      String format,
      boolean again,
      long occurrence) {
    /** Everything artistic of the first variant, its seed left out. */
    JsonNode first() {
      return Recipes.withoutSeed(variants.getFirst().interpretation(0));
    }

    /** The same, with what is swept. */
    JsonNode recipe() {
      JsonNode recipe = first();
      return sweep.isEmpty() ? recipe : ((ObjectNode) recipe).put("sweep", sweep);
    }
  }

  /** Plans a run over what is there already. */
  public static JobPlan of(
      Request request, List<Wanted> wanted, Optional<JobFile> earlier, OutFolder out) {
    earlier.ifPresent(job -> refuseOtherSettings(request, job, out));
    OptionalLong found = request.seed();
    if (found.isEmpty() && earlier.isPresent()) {
      found = OptionalLong.of(earlier.get().seed());
    }
    if (found.isEmpty() && !request.again()) {
      found = seedOfEqualTake(request, wanted, out);
    }
    boolean drawn = found.isEmpty();
    long seed = drawn ? new SecureRandom().nextLong(DRAWN_BELOW) : found.getAsLong();
    return plan(new Seed(seed, drawn), request, wanted, Before.of(earlier, out));
  }

  private record Seed(long value, boolean drawn) {}

  private record Before(Set<String> begunTakes, OutFolder out) {
    static Before of(Optional<JobFile> job, OutFolder out) {
      return new Before(
          job.map(JobFile::takes).orElse(List.of()).stream()
              .map(JobFile.Begun::take)
              .collect(Collectors.toSet()),
          out);
    }

    boolean begun(String take) {
      return begunTakes.contains(take);
    }

    boolean finished(String take) {
      return out.take(take).filter(TrackFile::isComplete).isPresent();
    }
  }

  private static JobPlan plan(Seed seed, Request request, List<Wanted> wanted, Before before) {
    List<PlannedTake> takes = new ArrayList<>();
    List<TrackFile> finished = new ArrayList<>();
    List<Planned> all = new ArrayList<>();
    Map<String, Long> occurrences = new HashMap<>();
    for (int entry = 0; entry < wanted.size(); entry++) {
      IdentifiedSource source = wanted.get(entry).source();
      for (Variant variant : wanted.get(entry).variants()) {
        Interpretation interpretation = variant.interpretation(seed.value());
        TakeOrder order =
            order(interpretation, source, request, occurrences, before)
                .into(wanted.get(entry).folder());
        String id = Ingest.take(source, order);
        all.add(new Planned(id, entry, source, variant));
        Optional<TrackFile> there = before.out().take(id);
        if (wanted.get(entry).isDone()) {
          continue;
        }
        if (there.isPresent() && there.get().isComplete()) {
          finished.add(there.get());
        } else {
          takes.add(
              new PlannedTake(id, source, order, Ingest.estimatedPictures(source, interpretation)));
        }
      }
    }
    return new JobPlan(seed.value(), seed.drawn(), takes, finished, all);
  }

  /** The next take of a sound in one way. */
  private static TakeOrder order(
      Interpretation interpretation,
      IdentifiedSource source,
      Request request,
      Map<String, Long> occurrences,
      Before before) {
    String first = Ingest.take(source, new TakeOrder(interpretation, request.format(), 0));
    long occurrence = occurrences.getOrDefault(first, request.occurrence());
    TakeOrder order = new TakeOrder(interpretation, request.format(), occurrence);
    // Anew: past every take that was complete before this job, but not past those the job itself
    // has begun.
    while (request.again()
        && before.finished(Ingest.take(source, order))
        && !before.begun(Ingest.take(source, order))) {
      order = new TakeOrder(interpretation, request.format(), ++occurrence);
    }
    occurrences.put(first, occurrence + 1);
    return order;
  }

  /** The one hash of the settings of all its takes. */
  public String settingsHash() {
    Map<Variant, String> hashes = new HashMap<>();
    for (Planned planned : all) {
      hashes.computeIfAbsent(
          planned.variant(), variant -> SettingsHash.of(variant.interpretation(seed)));
    }
    return SettingsHash.ofJob(hashes.values());
  }

  /** The job to keep until all is complete. */
  public JobFile toJob(Request request, Optional<JobFile> earlier) {
    SequencedMap<String, JobFile.Begun> begun = new LinkedHashMap<>();
    earlier.map(JobFile::takes).orElse(List.of()).forEach(b -> begun.put(b.take(), b));
    for (PlannedTake take : takes) {
      begun.putIfAbsent(take.id(), new JobFile.Begun(take.id(), take.shown(), take.source().id()));
    }
    return JobFile.of(seed, request.recipe(), request.format(), List.copyOf(begun.values()));
  }

  private static OptionalLong seedOfEqualTake(Request request, List<Wanted> wanted, OutFolder out) {
    JsonNode recipe = Recipes.ofAnyModel(request.first());
    Set<String> sources = wanted.stream().map(w -> w.source().id()).collect(Collectors.toSet());
    return out.all().stream()
        .filter(t -> sources.contains(t.sourceId()))
        .filter(t -> Recipes.ofAnyModel(Recipes.withoutSeed(t.interpretation())).equals(recipe))
        .mapToLong(t -> Recipes.seed(t.interpretation()))
        .min();
  }

  private static void refuseOtherSettings(Request request, JobFile job, OutFolder out) {
    List<String> unfinished =
        job.takes().stream()
            .filter(t -> out.take(t.take()).filter(TrackFile::isComplete).isEmpty())
            .map(t -> "%s (take %s)".formatted(t.name(), t.take()))
            .toList();
    if (unfinished.isEmpty()) {
      return;
    }
    String difference = Recipes.difference(job.recipe(), request.recipe());
    if (request.seed().isPresent() && request.seed().getAsLong() != job.seed()) {
      difference = join(difference, "seed " + job.seed() + ", now " + request.seed().getAsLong());
    }
    if (!request.format().equals(job.format())) {
      difference = join(difference, "format " + job.format() + ", now " + request.format());
    }
    if (!difference.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "unfinished in %s: %s; begun with other settings (%s). Run it with those to finish it, name another --out, or remove %s to give it up"
              .formatted(
                  out.path(),
                  String.join(", ", unfinished),
                  difference,
                  out.path().resolve(".sonograph")));
    }
  }

  private static String join(String a, String b) {
    return a.isEmpty() ? b : a + "; " + b;
  }
}
