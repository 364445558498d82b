package org.sonograph.runtime.meters;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The catalogue as the guide shows it. */
public final class MeterTables {
  private static final String HEAD = "| metric | kind | meaning |\n|---|---|---|\n";

  private MeterTables() {}

  /** All tables, in Markdown. */
  public static String markdown() {
    List<String> parts = new ArrayList<>();
    parts.add(
        "## Of several services\n\n| metric | kind | meaning | exported by |\n|---|---|---|---|\n"
            + rows(m -> m.form().carriers().size() > 1, true));
    for (Carrier carrier : Carrier.values()) {
      String rows = rows(m -> m.form().carriers().equals(Set.of(carrier)), false);
      parts.add("## " + carrier.text() + "\n\n" + HEAD + rows);
    }
    parts.add("## Values of labels\n\n| metric | label | values |\n|---|---|---|\n" + labels());
    return String.join("\n", parts);
  }

  private static String rows(Predicate<Catalogue> which, boolean withCarriers) {
    return Arrays.stream(Catalogue.values())
        .filter(which)
        .map(m -> row(m.form(), withCarriers))
        .collect(Collectors.joining());
  }

  private static String row(MeterForm form, boolean withCarriers) {
    String labels =
        form.labels().isEmpty()
            ? ""
            : form.labels().stream().map(Label::name).collect(Collectors.joining(",", "{", "}"));
    String carriers = withCarriers ? carriers(form) + " |" : "";
    return "| `%s%s` | %s | %s |%s\n"
        .formatted(name(form), labels, kind(form), form.meaning(), carriers);
  }

  /** As a query names it; of what has several series, the name they begin with. */
  private static String name(MeterForm form) {
    return form.series().size() == 1 ? form.series().getFirst() : form.family();
  }

  private static String kind(MeterForm form) {
    return form.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String carriers(MeterForm form) {
    return form.carriers().equals(Carrier.ALL)
        ? " all"
        : Arrays.stream(Carrier.values())
            .filter(form.carriers()::contains)
            .map(Carrier::text)
            .collect(Collectors.joining(", ", " ", ""));
  }

  private static String labels() {
    return Arrays.stream(Catalogue.values())
        .flatMap(
            m ->
                m.form().labels().stream()
                    .map(
                        l ->
                            "| `%s` | `%s` | %s |\n"
                                .formatted(name(m.form()), l.name(), values(l))))
        .collect(Collectors.joining());
  }

  private static String values(Label label) {
    return label.values().isEmpty()
        ? "a name from outside, of a model's folder or a stream: plain characters only"
        : label.values().stream().map(v -> "`" + v + "`").collect(Collectors.joining(" "));
  }
}
