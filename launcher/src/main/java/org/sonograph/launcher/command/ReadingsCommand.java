package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.ReadingRequests;
import org.sonograph.signal.reading.Parameter;
import org.sonograph.signal.reading.Reading;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the ways to hear a picture, or explains one. */
@Command(
    name = "readings",
    mixinStandardHelpOptions = true,
    description = "Lists the ways to hear a picture, or explains one and its parameters.")
public final class ReadingsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The reading to explain (default: all, a line each).")
  Optional<String> name = Optional.empty();

  @Option(names = "--json", description = "One line of JSON on standard output.")
  boolean json;

  public ReadingsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Reading> shown =
        name.map(n -> List.of(ReadingRequests.named(n))).orElseGet(ReadingRequests::all);
    if (json) {
      ArrayNode all = new ObjectMapper().createArrayNode();
      shown.forEach(reading -> describe(reading, all.addObject()));
      terminal.data(name.isPresent() ? all.get(0).toString() : all.toString());
    } else if (name.isPresent()) {
      explain(shown.getFirst());
    } else {
      shown.forEach(r -> terminal.data("%-12s %s".formatted(r.name(), r.summary())));
    }
    return ExitCode.OK.number();
  }

  private static void describe(Reading reading, ObjectNode out) {
    out.put("name", reading.name());
    out.put("summary", reading.summary());
    out.put("length", reading.length());
    out.put("source", reading.wantsSource());
    ArrayNode parameters = out.putArray("parameters");
    for (Parameter parameter : reading.parameters()) {
      parameters
          .addObject()
          .put("name", parameter.name())
          .put("default", parameter.fallback())
          .put("expected", parameter.expected())
          .put("meaning", parameter.doc());
    }
  }

  private void explain(Reading reading) {
    terminal.data("%s: %s".formatted(reading.name(), reading.summary()));
    terminal.data("length: " + reading.length());
    if (reading.wantsSource()) {
      terminal.data("source: its sound travels along with the picture");
    }
    terminal.data("");
    for (Parameter parameter : reading.parameters()) {
      String fallback = parameter.fallback().isEmpty() ? "" : " = " + parameter.fallback();
      terminal.data("  %s%s".formatted(parameter.name(), fallback));
      terminal.data("      %s".formatted(parameter.doc()));
      terminal.data("      %s".formatted(parameter.expected()));
    }
    terminal.data("");
    terminal.data(
        "as in: ./sonograph run SOUND --out DIR --reading %s%s"
            .formatted(reading.name(), example(reading)));
  }

  private static String example(Reading reading) {
    return reading.parameters().stream()
        .filter(p -> !p.fallback().isEmpty())
        .findFirst()
        .map(p -> ":" + p.name() + "=" + p.fallback())
        .orElse("");
  }
}
