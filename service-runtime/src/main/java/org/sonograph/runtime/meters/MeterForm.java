package org.sonograph.runtime.meters;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What there is to know of a meter before it counts anything.
 *
 * @param name with dots, as Micrometer has it
 * @param unit {@code seconds}, {@code bytes}, or empty for plain numbers
 * @param meaning what one reads from it
 * @param labels in the order in which values are given
 * @param carriers who exports it
 */
public record MeterForm(
    String name,
    Kind kind,
    String unit,
    String meaning,
    List<Label> labels,
    Set<Carrier> carriers) {

  /** What is done with what is counted. */
  public enum Kind {
    /** Only grows. */
    COUNTER("_total"),
    /** Goes up and down. */
    GAUGE(""),
    /** How often, how long together, and the longest of the last minutes. */
    TIMER("_count", "_sum", "_max"),
    /** A timer with the buckets of {@link Buckets}. */
    HISTOGRAM("_bucket", "_count", "_sum", "_max"),
    /** As a timer, of numbers. */
    SUMMARY("_count", "_sum", "_max");

    private final List<String> endings;

    Kind(String... endings) {
      this.endings = List.of(endings);
    }
  }

  public MeterForm {
    labels = List.copyOf(labels);
    carriers = Set.copyOf(carriers);
  }

  static MeterForm counterOf(String name, String meaning) {
    return new MeterForm(name, Kind.COUNTER, "", meaning, List.of(), Set.of());
  }

  static MeterForm gaugeOf(String name, String meaning) {
    return new MeterForm(name, Kind.GAUGE, "", meaning, List.of(), Set.of());
  }

  static MeterForm timerOf(String name, String meaning) {
    return new MeterForm(name, Kind.TIMER, "seconds", meaning, List.of(), Set.of());
  }

  static MeterForm histogramOf(String name, String meaning) {
    return new MeterForm(name, Kind.HISTOGRAM, "seconds", meaning, List.of(), Set.of());
  }

  static MeterForm summaryOf(String name, String meaning) {
    return new MeterForm(name, Kind.SUMMARY, "", meaning, List.of(), Set.of());
  }

  MeterForm in(String baseUnit) {
    return new MeterForm(name, kind, baseUnit, meaning, labels, carriers);
  }

  MeterForm by(Label... names) {
    return new MeterForm(name, kind, unit, meaning, List.of(names), carriers);
  }

  MeterForm on(Carrier first, Carrier... others) {
    return new MeterForm(name, kind, unit, meaning, labels, EnumSet.of(first, others));
  }

  MeterForm onAll() {
    return new MeterForm(name, kind, unit, meaning, labels, Carrier.ALL);
  }

  /** Name of the family as Prometheus has it, without the endings of its series. */
  public String family() {
    String plain = name.replace('.', '_');
    return unit.isEmpty() ? plain : plain + "_" + unit;
  }

  /** Names of the series as they are exported and as queries name them. */
  public List<String> series() {
    return kind.endings.stream().map(ending -> family() + ending).toList();
  }

  /** Labels with their values, in the order they are declared. */
  Tags tags(String... values) {
    if (values.length != labels.size()) {
      throw new IllegalArgumentException(
          "%d values for %s, expected %s"
              .formatted(values.length, name, labels.stream().map(Label::name).toList()));
    }
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tags.add(Tag.of(labels.get(i).name(), labels.get(i).value(values[i])));
    }
    return Tags.of(tags);
  }
}
