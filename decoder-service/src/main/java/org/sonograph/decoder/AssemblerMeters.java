package org.sonograph.decoder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.processor.TaskId;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.StageMeters;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.Place;

/** Counts what the assembler does. */
final class AssemblerMeters {
  private final MeterRegistry registry;
  private final Counter duplicates;
  private final Counter late;
  private final Counter gaps;
  private final Counter seams;
  private final StageMeters stage;
  private final Timer endToEnd;
  private final Map<TaskId, AssemblerSurvey> surveys = new ConcurrentHashMap<>();

  AssemblerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.duplicates = Catalogue.ASSEMBLER_DUPLICATES.counter(registry);
    this.late = Catalogue.ASSEMBLER_LATE.counter(registry);
    this.gaps = Catalogue.ASSEMBLER_GAPS.counter(registry);
    this.seams = Catalogue.ASSEMBLER_SEAMS.counter(registry);
    this.stage = new StageMeters(registry, Carrier.DECODER);
    this.endToEnd = Catalogue.END_TO_END.timer(registry);
    Catalogue.ASSEMBLER_RECORDS.zero(registry);
    gauge(Catalogue.ASSEMBLER_OPEN, AssemblerSurvey::open);
    gauge(Catalogue.ASSEMBLER_WAITING, AssemblerSurvey::waiting);
    gauge(Catalogue.ASSEMBLER_AHEAD, AssemblerSurvey::aheadSeconds);
    gauge(Catalogue.ASSEMBLER_GAP_AGE, AssemblerSurvey::gapSeconds);
    gauge(Catalogue.ASSEMBLER_QUIET, AssemblerSurvey::quietSeconds);
  }

  /** A terminal record is on its way. */
  void out(AudioOutput output, long nowMs) {
    Place place = output.getPlace();
    stage.audio(place, output.getInterpretation().getReadings().size());
    if (output.getFailure() == null && place.getClosedMs() > 0) {
      endToEnd.record(Duration.ofMillis(Math.max(0, nowMs - place.getClosedMs())));
    }
  }

  /** What the assembler of a task has in hand. */
  void survey(TaskId task, AssemblerSurvey survey) {
    surveys.put(task, survey);
  }

  /** The task goes elsewhere. */
  void forget(TaskId task) {
    surveys.remove(task);
  }

  private void gauge(Catalogue meter, ToDoubleFunction<AssemblerSurvey> figure) {
    meter.gauge(registry, () -> figure.applyAsDouble(AssemblerSurvey.sum(surveys.values())));
  }

  void duplicate() {
    duplicates.increment();
  }

  void late() {
    late.increment();
  }

  void gap() {
    gaps.increment();
  }

  void seam() {
    seams.increment();
  }

  /** One terminal record: {@code sound}, or the code of its failure. */
  void sent(String outcome) {
    Catalogue.ASSEMBLER_RECORDS.counter(registry, outcome).increment();
  }
}
