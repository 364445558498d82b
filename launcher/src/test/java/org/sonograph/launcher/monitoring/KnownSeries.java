package org.sonograph.launcher.monitoring;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.Label;
import org.sonograph.runtime.meters.LibraryMeters;
import org.sonograph.runtime.meters.MeterForm;

/** Every series that a query may name: exported, recorded by our rules, or made by Prometheus. */
final class KnownSeries {
  /** Those that scraping adds. */
  private static final List<String> OF_TARGETS = List.of("job", "instance");

  /**
   * A series' labels, with the values they may have; none given = any.
   *
   * @param isCounter whether it only grows
   */
  record Series(boolean isCounter, Map<String, Set<String>> labels) {}

  private final Map<String, Series> all = new HashMap<>();

  /** What services export, and what Prometheus tells of targets and alerts. */
  KnownSeries() {
    for (Catalogue meter : Catalogue.values()) {
      meter.form().series().forEach(name -> all.put(name, own(meter.form(), name)));
    }
    LibraryMeters.series().forEach(name -> all.put(name, ofLibrary(name)));
    all.put("up", new Series(false, labels()));
    Map<String, Set<String>> alerts =
        labels("alertname", "part", "stage", "topic", "code", "outcome", "folder", "client_id");
    alerts.put("alertstate", Set.of("pending", "firing"));
    alerts.put("severity", Set.of("none", "ticket", "page"));
    all.put("ALERTS", new Series(false, alerts));
  }

  /** Adds what a rule records. */
  void record(String name, Set<String> labels) {
    all.put(name, new Series(false, labels.stream().collect(Collectors.toMap(l -> l, l -> any()))));
  }

  /** The series of a name; its labels' values stand in {@link Series}. */
  Series named(String name) {
    Series known = all.get(name);
    if (known == null) {
      throw new IllegalArgumentException("no series is called " + name);
    }
    return known;
  }

  private static Series own(MeterForm form, String name) {
    Map<String, Set<String>> labels = labels();
    for (Label label : form.labels()) {
      labels.put(label.name(), new TreeSet<>(label.values()));
    }
    if (name.endsWith("_bucket")) {
      labels.put("le", any());
    }
    return new Series(grows(name), labels);
  }

  private static Series ofLibrary(String name) {
    Map<String, Set<String>> labels = labels();
    if (name.startsWith("kafka_")) {
      labels.put(name.startsWith("kafka_stream_thread_") ? "thread_id" : "client_id", any());
      labels.put("kafka_version", any());
    } else if (name.startsWith("jvm_gc_pause")) {
      Stream.of("action", "cause", "gc").forEach(l -> labels.put(l, any()));
    } else if (name.startsWith("jvm_memory_")) {
      labels.put("area", Set.of("heap", "nonheap"));
      labels.put("id", any());
    }
    return new Series(grows(name), labels);
  }

  private static boolean grows(String name) {
    return Stream.of("_total", "_count", "_sum", "_bucket").anyMatch(name::endsWith);
  }

  private static Map<String, Set<String>> labels(String... more) {
    Map<String, Set<String>> labels = new LinkedHashMap<>();
    Stream.concat(OF_TARGETS.stream(), Stream.of(more)).forEach(l -> labels.put(l, any()));
    return labels;
  }

  private static Set<String> any() {
    return Set.of();
  }
}
