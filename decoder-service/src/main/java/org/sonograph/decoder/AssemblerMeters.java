package org.sonograph.decoder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what the assembler does. */
final class AssemblerMeters {
  private final MeterRegistry registry;
  private final Counter duplicates;
  private final Counter late;
  private final Counter gaps;
  private final Counter seams;

  AssemblerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.duplicates =
        Counter.builder("sonograph.assembler.duplicates")
            .description("pieces dropped because their chunk was already there")
            .register(registry);
    this.late =
        Counter.builder("sonograph.assembler.late")
            .description("pieces dropped because their chunk had been given up or its take closed")
            .register(registry);
    this.gaps =
        Counter.builder("sonograph.assembler.gaps")
            .description("pieces that came before an earlier chunk of their take")
            .register(registry);
    this.seams =
        Counter.builder("sonograph.assembler.seams")
            .description("seams joined between two sounding chunks")
            .register(registry);
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
    registry.counter("sonograph.assembler.records", "outcome", outcome).increment();
  }
}
