package org.sonograph.runtime.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @Test
  void everyMeterIsExportedUnderTheNamesItTells() {
    for (Catalogue meter : Catalogue.values()) {
      register(meter);
      assertThat(names(meters)).as(meter.name()).isEqualTo(new TreeSet<>(meter.form().series()));
      meters.clear();
    }
  }

  @Test
  void valuesThatAreNotDeclaredAreRefusedOrCountedAsOther() {
    assertThatThrownBy(() -> Catalogue.INGEST_FILES.counter(meters, "lost"))
        .hasMessage(
            "label outcome=lost, expected one of sent, already_sent, incomplete, too_short, refused");
    Catalogue.DECODER_CHUNKS.counter(meters, "of-a-later-version").increment();
    assertThat(meters.scrape()).contains("sonograph_decoder_chunks_total{outcome=\"other\"} 1.0");
    assertThatThrownBy(() -> Catalogue.INGEST_FILES.counter(meters))
        .hasMessage("0 values for sonograph.ingest.files, expected [outcome]");
  }

  @Test
  void namesOfModelsAreCutToPlainCharacters() {
    Catalogue.DIFFUSION_DEVICE.gauge(meters, () -> 1, "a b\"/é" + "x".repeat(60), "cpu", "cuda");
    assertThat(meters.scrape()).contains("model=\"a_b___" + "x".repeat(42) + "\"");
  }

  @Test
  void aLaterGaugeTakesThePlaceOfTheFirst() {
    Catalogue.INGEST_HOLDING.gauge(meters, () -> 0);
    Catalogue.INGEST_HOLDING.gauge(meters, () -> 1);
    assertThat(meters.scrape()).contains("sonograph_ingest_holding 1.0");
  }

  @Test
  void everyMeterHasACarrierAndAMeaningWithoutAFullStop() {
    for (Catalogue meter : Catalogue.values()) {
      assertThat(meter.form().carriers()).as(meter.name()).isNotEmpty();
      assertThat(meter.form().meaning()).as(meter.name()).doesNotEndWith(".").doesNotContain("|");
    }
  }

  @Test
  void ofKafkasMetersOnlyThoseOfTheCatalogueAreKept() {
    LibraryMeters.limit(meters);
    meters.counter("kafka.producer.record.send.total").increment();
    meters.counter("kafka.producer.record.size.max").increment();
    assertThat(names(meters)).containsExactly("kafka_producer_record_send_total");
  }

  @Test
  void theJvmsMetersAreThoseOfTheCatalogue() {
    LibraryMeters.bindJvm(meters, new JvmGcMetrics());
    assertThat(LibraryMeters.series()).containsAll(names(meters));
    assertThat(LibraryMeters.series().stream().filter(n -> !n.startsWith("kafka_")))
        .filteredOn(n -> !n.startsWith("jvm_gc_pause") && !n.startsWith("jvm_gc_concurrent"))
        .allMatch(names(meters)::contains);
  }

  private void register(Catalogue meter) {
    String[] values =
        meter.form().labels().stream()
            .map(l -> l.values().isEmpty() ? "any" : l.values().getFirst())
            .toArray(String[]::new);
    switch (meter.form().kind()) {
      case COUNTER -> meter.counter(meters, values).increment();
      case GAUGE -> meter.gauge(meters, () -> 1, values);
      case TIMER, HISTOGRAM -> meter.timer(meters, values);
      case SUMMARY -> meter.summary(meters, values);
    }
  }

  private static Set<String> names(PrometheusMeterRegistry meters) {
    return meters
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
