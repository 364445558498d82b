package org.sonograph.decoder;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.sonograph.runtime.meters.Catalogue;

/** Counts what the assembler does. */
final class AssemblerMeters {
  private final MeterRegistry registry;
  private final Counter duplicates;
  private final Counter late;
  private final Counter gaps;
  private final Counter seams;

  AssemblerMeters(MeterRegistry registry) {
    this.registry = registry;
    this.duplicates = Catalogue.ASSEMBLER_DUPLICATES.counter(registry);
    this.late = Catalogue.ASSEMBLER_LATE.counter(registry);
    this.gaps = Catalogue.ASSEMBLER_GAPS.counter(registry);
    this.seams = Catalogue.ASSEMBLER_SEAMS.counter(registry);
    Catalogue.ASSEMBLER_RECORDS.zero(registry);
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
