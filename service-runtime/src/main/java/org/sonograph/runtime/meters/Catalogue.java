package org.sonograph.runtime.meters;

import static org.sonograph.runtime.meters.Carrier.CANARY;
import static org.sonograph.runtime.meters.Carrier.DECODER;
import static org.sonograph.runtime.meters.Carrier.DIFFUSION;
import static org.sonograph.runtime.meters.Carrier.GALLERY;
import static org.sonograph.runtime.meters.Carrier.INGEST;
import static org.sonograph.runtime.meters.Carrier.SPECTROGRAM;
import static org.sonograph.runtime.meters.MeterForm.counterOf;
import static org.sonograph.runtime.meters.MeterForm.gaugeOf;
import static org.sonograph.runtime.meters.MeterForm.histogramOf;
import static org.sonograph.runtime.meters.MeterForm.summaryOf;
import static org.sonograph.runtime.meters.MeterForm.timerOf;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.DoubleSupplier;

/** Every meter of Sonograph's own; the only place where their names stand. */
public enum Catalogue {
  READY(
      gaugeOf("sonograph.ready", "1 while this part is ready, 0 while it is not")
          .by(Labels.PART)
          .onAll()),
  DISK_FREE(
      gaugeOf(
              "sonograph.disk.free",
              "room left on the disk of a folder; of the brokers, on the fullest")
          .in("bytes")
          .by(Labels.FOLDER)
          .on(INGEST, SPECTROGRAM, DECODER, GALLERY)),
  DISK_TOTAL(
      gaugeOf("sonograph.disk.total", "size of that disk")
          .in("bytes")
          .by(Labels.FOLDER)
          .on(INGEST, SPECTROGRAM, DECODER, GALLERY)),
  FFMPEG_KILLS(counterOf("sonograph.ffmpeg.kills", "FFmpeg processes killed for a limit").onAll()),
  DEAD_LETTERS(
      counterOf("sonograph.dead.letters", "dead letters sent")
          .by(Labels.TOPIC, Labels.GAVE_UP, Labels.DEAD_LETTER_CODE)
          .on(SPECTROGRAM, DIFFUSION, DECODER, GALLERY)),
  STAGE_AUDIO(
      counterOf(
              "sonograph.stage.audio",
              "sound of the chunks a stage is done with, failed ones too; a chunk of several readings counts once")
          .in("seconds")
          .by(Labels.STAGE)
          .on(INGEST, SPECTROGRAM, DIFFUSION, DECODER, GALLERY)),
  STAGE_LATENCY(
      histogramOf(
              "sonograph.stage.latency",
              "from the writing of a record to what the stage makes of it: waiting and work")
          .by(Labels.READER)
          .on(SPECTROGRAM, DIFFUSION, DECODER, GALLERY)),
  END_TO_END(
      histogramOf(
              "sonograph.end.to.end",
              "from a chunk handed to the broker by ingest to its sound on audio.outputs")
          .on(DECODER)),

  BACKLOG_CHUNKS(
      gaugeOf("sonograph.backlog.chunks", "records that wait for a stage or are under way in it")
          .by(Labels.READER)
          .on(INGEST)),
  BACKLOG_AUDIO(
      gaugeOf(
              "sonograph.backlog.audio",
              "their sound: records times the mean length of those looked at")
          .in("seconds")
          .by(Labels.READER)
          .on(INGEST)),
  BACKLOG_AGE(
      gaugeOf("sonograph.backlog.age", "age of the oldest record a stage has not finished")
          .in("seconds")
          .by(Labels.READER)
          .on(INGEST)),
  BACKLOG_RETENTION(
      gaugeOf("sonograph.backlog.retention", "age at which the broker deletes such a record")
          .in("seconds")
          .by(Labels.READER)
          .on(INGEST)),
  BACKLOG_FAILURES(
      counterOf("sonograph.backlog.failures", "times the backlog could not be read from the broker")
          .on(INGEST)),

  INGEST_AUDIO(
      counterOf("sonograph.ingest.audio", "sound decoded and measured").in("seconds").on(INGEST)),
  INGEST_CHUNKS(
      counterOf("sonograph.ingest.chunks", "chunks acknowledged by the broker").on(INGEST)),
  INGEST_FILES(
      counterOf("sonograph.ingest.files", "files taken in or refused")
          .by(Labels.FILE_OUTCOME)
          .on(INGEST)),
  INGEST_WAITING(
      gaugeOf("sonograph.ingest.files.waiting", "files accepted and not yet sent to their end")
          .on(INGEST)),
  INGEST_UNDER_WAY(
      gaugeOf(
              "sonograph.ingest.pictures.under.way",
              "pictures sent and not yet sound, when last counted")
          .on(INGEST)),
  INGEST_HOLDING(
      gaugeOf(
              "sonograph.ingest.holding",
              "1 while sending waits because enough pictures are under way")
          .on(INGEST)),

  LIVE_CHUNKS(
      counterOf("sonograph.live.chunks", "chunks of a stream that were sent")
          .by(Labels.STREAM)
          .on(INGEST)),
  LIVE_DROPPED(
      counterOf(
              "sonograph.live.dropped",
              "chunks of streams that could not be sent before they were to be heard")
          .on(INGEST)),
  LIVE_SOURCE(
      gaugeOf(
              "sonograph.live.source.up",
              "1 while a stream's source is heard, 0 while something takes its place")
          .by(Labels.STREAM)
          .on(INGEST)),
  LIVE_OPENINGS(
      counterOf("sonograph.live.source.openings", "times a stream's source was opened")
          .by(Labels.STREAM)
          .on(INGEST)),
  LIVE_RUNG(
      gaugeOf("sonograph.live.rung", "rungs below full quality a stream is at")
          .by(Labels.STREAM)
          .on(INGEST)),
  LIVE_RUNG_CHANGES(
      counterOf("sonograph.live.rung.changes", "steps on a stream's ladder of qualities")
          .by(Labels.STREAM, Labels.DIRECTION)
          .on(INGEST)),

  SPECTROGRAM_CHUNKS(
      counterOf(
              "sonograph.spectrogram.chunks",
              "chunks by what became of them, or the code of their failure")
          .by(Labels.DRAWN)
          .on(SPECTROGRAM)),
  SPECTROGRAM_DRAW(
      histogramOf("sonograph.spectrogram.draw", "from a chunk's samples to its picture or columns")
          .on(SPECTROGRAM)),

  DIFFUSION_PICTURES(
      counterOf("sonograph.diffusion.pictures", "pictures by what became of them")
          .by(Labels.PICTURE_OUTCOME)
          .on(DIFFUSION)),
  DIFFUSION_PICTURE(
      histogramOf(
              "sonograph.diffusion.picture", "from taking a picture to knowing what became of it")
          .on(DIFFUSION)),
  DIFFUSION_STEP(
      histogramOf("sonograph.diffusion.step", "one denoising step of a batch").on(DIFFUSION)),
  DIFFUSION_BUSY(
      timerOf("sonograph.diffusion.device.busy", "time the device was at work, a batch at a time")
          .on(DIFFUSION)),
  DIFFUSION_BATCH(
      summaryOf("sonograph.diffusion.batch", "pictures that shared calls of the model")
          .on(DIFFUSION)),
  DIFFUSION_BATCH_LIMIT(
      gaugeOf("sonograph.diffusion.batch.limit", "pictures a batch may have").on(DIFFUSION)),
  DIFFUSION_HELD(
      gaugeOf(
              "sonograph.diffusion.held",
              "pictures this worker has taken and its device has not finished")
          .on(DIFFUSION)),
  DIFFUSION_REDELIVERIES(
      counterOf(
              "sonograph.diffusion.redeliveries", "records that had been given to a worker before")
          .on(DIFFUSION)),
  DIFFUSION_LAST_ATTEMPTS(
      counterOf(
              "sonograph.diffusion.last.attempts",
              "records taken whose next delivery would not be tried")
          .on(DIFFUSION)),
  DIFFUSION_RENEWALS(
      counterOf("sonograph.diffusion.renewals", "times the locks held were renewed").on(DIFFUSION)),
  DIFFUSION_LOCKS_LOST(
      counterOf(
              "sonograph.diffusion.locks.lost",
              "locks that ran out under work, whose result was dropped")
          .on(DIFFUSION)),
  DIFFUSION_REPEATS(
      counterOf("sonograph.diffusion.repeats", "results that were there already").on(DIFFUSION)),
  DIFFUSION_DEVICE(
      gaugeOf(
              "sonograph.diffusion.device",
              "1 for the model that is open, where it computes and where it was asked to")
          .by(Labels.MODEL, Labels.PROVIDER, Labels.ASKED)
          .on(DIFFUSION)),

  DECODER_CHUNKS(
      counterOf(
              "sonograph.decoder.chunks",
              "readings of chunks decoded, or the code of their failure")
          .by(Labels.DECODED)
          .on(DECODER)),
  DECODER_DECODE(
      histogramOf("sonograph.decoder.decode", "from one picture to the sound of one reading")
          .on(DECODER)),
  ASSEMBLER_RECORDS(
      counterOf(
              "sonograph.assembler.records",
              "terminal records sent: sound, or the code of the silence's failure")
          .by(Labels.TERMINAL)
          .on(DECODER)),
  ASSEMBLER_GAPS(
      counterOf(
              "sonograph.assembler.gaps", "pieces that came before an earlier chunk of their take")
          .on(DECODER)),
  ASSEMBLER_SEAMS(
      counterOf("sonograph.assembler.seams", "seams joined between two sounding chunks")
          .on(DECODER)),
  ASSEMBLER_DUPLICATES(
      counterOf(
              "sonograph.assembler.duplicates",
              "pieces dropped because their chunk was already there")
          .on(DECODER)),
  ASSEMBLER_LATE(
      counterOf(
              "sonograph.assembler.late",
              "pieces dropped because their chunk had been given up or its take closed")
          .on(DECODER)),
  ASSEMBLER_OPEN(
      gaugeOf("sonograph.assembler.open", "readings of takes that have begun and not ended")
          .on(DECODER)),
  ASSEMBLER_WAITING(
      gaugeOf("sonograph.assembler.waiting", "pieces that are here ahead of one that is missing")
          .on(DECODER)),
  ASSEMBLER_AHEAD(
      gaugeOf(
              "sonograph.assembler.ahead",
              "sound of those pieces: what can follow at once when the missing one comes")
          .in("seconds")
          .on(DECODER)),
  ASSEMBLER_GAP_AGE(
      gaugeOf(
              "sonograph.assembler.gap.age",
              "how long the oldest missing chunk has been waited for")
          .in("seconds")
          .on(DECODER)),
  ASSEMBLER_QUIET(
      gaugeOf("sonograph.assembler.quiet", "longest time without news of a reading that is open")
          .in("seconds")
          .on(DECODER)),

  GALLERY_RECORDS(
      counterOf("sonograph.gallery.records", "records put into files")
          .by(Labels.COLLECTED)
          .on(GALLERY)),
  GALLERY_TAKES(
      counterOf("sonograph.gallery.takes", "takes closed").by(Labels.TAKE_OUTCOME).on(GALLERY)),
  GALLERY_REMOVED(
      counterOf("sonograph.gallery.removed", "takes deleted since they were too old or too many")
          .by(Labels.TOO_MUCH)
          .on(GALLERY)),
  GALLERY_OPEN(
      gaugeOf("sonograph.gallery.open", "takes that have begun and are not closed").on(GALLERY)),
  GALLERY_RETRIES(
      counterOf(
              "sonograph.gallery.retries",
              "times something had to be tried again: disk, broker or registry in trouble")
          .on(GALLERY)),
  LIVE_EXPECTED(
      gaugeOf(
              "sonograph.live.expected",
              "1 while a stream should be heard, 0 while somebody has silenced it, or its hours have")
          .by(Labels.STREAM)
          .on(GALLERY)),
  LIVE_FLOWING(
      gaugeOf("sonograph.live.flowing", "1 while sound of a stream goes out, of whatever age")
          .by(Labels.STREAM)
          .on(GALLERY)),
  LIVE_BUFFER(
      gaugeOf(
              "sonograph.live.buffer",
              "sound of a stream that is there beyond what is heard; 0 while something is repeated")
          .in("seconds")
          .by(Labels.STREAM)
          .on(GALLERY)),
  LIVE_PLAYED(
      counterOf("sonograph.live.played", "what a stream was heard from")
          .in("seconds")
          .by(Labels.STREAM, Labels.HEARD)
          .on(GALLERY)),
  LIVE_FRESHNESS(
      histogramOf(
              "sonograph.live.freshness",
              "from a chunk handed to the broker by ingest to its first sample going out")
          .on(GALLERY)),
  LIVE_LISTENERS(
      gaugeOf("sonograph.live.listeners", "who listens to a stream over HTTP")
          .by(Labels.STREAM)
          .on(GALLERY)),

  CANARY_ROUNDS(
      counterOf("sonograph.canary.rounds", "rounds by how they ended").by(Labels.ROUND).on(CANARY)),
  CANARY_ROUND_TRIP(
      gaugeOf(
              "sonograph.canary.round.trip",
              "from sending a second of sound to having its output, last time it came")
          .in("seconds")
          .on(CANARY)),
  CANARY_LAST_SUCCESS(
      gaugeOf(
              "sonograph.canary.last.success.timestamp",
              "when that was, since 1970; 0 before the first")
          .in("seconds")
          .on(CANARY));

  private final MeterForm form;

  Catalogue(MeterForm form) {
    this.form = form;
  }

  /** What there is to know of it. */
  public MeterForm form() {
    return form;
  }

  /** What a carrier exports. */
  public static List<Catalogue> of(Carrier carrier) {
    return Arrays.stream(values()).filter(m -> m.form.carriers().contains(carrier)).toList();
  }

  /**
   * Counters of the dead letters that a stage may send from these topics.
   *
   * @param stage name of its service
   */
  public static void zeroDeadLetters(MeterRegistry meters, String stage, Set<String> topics) {
    DEAD_LETTERS.zero(
        meters,
        List.of(
            List.copyOf(topics), List.of(stage), List.copyOf(Labels.DEAD_LETTER_CODE.values())));
  }

  /** Names of all series that any carrier exports, those of libraries too, as queries name them. */
  public static SortedSet<String> allSeries() {
    SortedSet<String> all = LibraryMeters.series();
    for (Catalogue meter : values()) {
      all.addAll(meter.form.series());
    }
    return all;
  }

  /** A counter with these label values. */
  public Counter counter(MeterRegistry meters, String... values) {
    require(MeterForm.Kind.COUNTER);
    Counter.Builder builder =
        Counter.builder(form.name()).description(form.meaning()).tags(form.tags(values));
    return builder.baseUnit(unit()).register(meters);
  }

  /** Counters with every combination of label values, so that the first event is seen to come. */
  public void zero(MeterRegistry meters) {
    zero(meters, form.labels().stream().map(l -> List.copyOf(l.values())).toList());
  }

  /** Counters with every combination of these label values. */
  public void zero(MeterRegistry meters, List<List<String>> choices) {
    combinations(choices).forEach(values -> counter(meters, values.toArray(String[]::new)));
  }

  /** A counter that somebody else keeps. */
  public void counted(MeterRegistry meters, DoubleSupplier count, String... values) {
    require(MeterForm.Kind.COUNTER);
    FunctionCounter.builder(form.name(), count, DoubleSupplier::getAsDouble)
        .description(form.meaning())
        .tags(form.tags(values))
        .baseUnit(unit())
        .register(meters);
  }

  /** A gauge with these label values; a later one replaces it. */
  public void gauge(MeterRegistry meters, DoubleSupplier value, String... values) {
    require(MeterForm.Kind.GAUGE);
    Tags tags = form.tags(values);
    Gauge earlier = meters.find(form.name()).tags(tags).gauge();
    if (earlier != null) {
      meters.remove(earlier);
    }
    Gauge.builder(form.name(), value::getAsDouble)
        .description(form.meaning())
        .tags(tags)
        .baseUnit(unit())
        .strongReference(true)
        .register(meters);
  }

  /** A timer, with buckets where the catalogue says so. */
  public Timer timer(MeterRegistry meters, String... values) {
    Timer.Builder builder =
        Timer.builder(form.name()).description(form.meaning()).tags(form.tags(values));
    if (form.kind() == MeterForm.Kind.HISTOGRAM) {
      return builder.serviceLevelObjectives(Buckets.bounds()).register(meters);
    }
    require(MeterForm.Kind.TIMER);
    return builder.register(meters);
  }

  /** A summary of numbers. */
  public DistributionSummary summary(MeterRegistry meters, String... values) {
    require(MeterForm.Kind.SUMMARY);
    return DistributionSummary.builder(form.name())
        .description(form.meaning())
        .tags(form.tags(values))
        .baseUnit(unit())
        .register(meters);
  }

  private String unit() {
    return form.unit().isEmpty() ? null : form.unit();
  }

  private void require(MeterForm.Kind kind) {
    if (form.kind() != kind) {
      throw new IllegalArgumentException(
          "%s is a %s, not a %s".formatted(form.name(), form.kind(), kind));
    }
  }

  private static List<List<String>> combinations(List<List<String>> choices) {
    List<List<String>> all = List.of(List.of());
    for (List<String> choice : choices) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> begun : all) {
        for (String value : choice) {
          List<String> next = new ArrayList<>(begun);
          next.add(value);
          longer.add(next);
        }
      }
      all = longer;
    }
    return all;
  }
}
