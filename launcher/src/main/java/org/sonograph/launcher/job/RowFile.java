package org.sonograph.launcher.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.Sweep;
import org.sonograph.launcher.s3.ObjectUrl;

/**
 * Reads lists of sounds: CSV with a header, JSON lines, or plain text with a path a line. What
 * {@link ResultsFile} writes is such a list as well.
 */
public final class RowFile {
  /** The one column that must be there. */
  public static final String FILE = "file";

  /** The archive's own identifier. */
  public static final String ID = "id";

  private static final String TITLE = "title";
  private static final String ARTIST = "artist";
  private static final String AUTHOR = "author";
  private static final String LICENCE = "licence";
  private static final String LICENSE = "license";

  /** Options that hold for a take although they cannot be swept. */
  private static final Set<String> OF_A_TAKE = Set.of(Sweep.SEED, "model", "safety");

  private static final Set<String> LABELS =
      Set.of(FILE, ID, TITLE, ARTIST, AUTHOR, LICENCE, LICENSE, Derivatives.OVERRIDE);

  /** Columns of the archive's own, which are only carried along. */
  private static final String OWN = "x-";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CsvMapper CSV =
      CsvMapper.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private final Path list;

  private RowFile(Path list) {
    this.list = list;
  }

  /**
   * Reads a list.
   *
   * @throws CommandFailure where it is not there, no such list, or names a column nobody knows
   */
  public static List<Row> read(Path list) {
    RowFile file = new RowFile(list);
    String name = list.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      List<Row> rows =
          name.endsWith(".csv")
              ? file.csv()
              : name.endsWith(".jsonl") || name.endsWith(".ndjson") ? file.json() : file.plain();
      if (rows.isEmpty()) {
        throw file.bad("names no sound");
      }
      return rows;
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, list + ": no such file", e);
    } catch (CharacterCodingException e) {
      throw file.bad("is not UTF-8 text");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NO_INPUT, list + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  private List<Row> csv() throws IOException {
    List<Row> rows = new ArrayList<>();
    CsvSchema header = CsvSchema.emptySchema().withHeader();
    try (MappingIterator<SequencedMap<String, String>> lines =
        CSV.readerFor(LinkedHashMap.class).with(header).readValues(Files.readString(list))) {
      while (lines.hasNext()) {
        SequencedMap<String, String> cells = lines.next();
        rows.add(row(lines.getCurrentLocation().getLineNr() - 1, cells));
      }
    } catch (JsonProcessingException | RuntimeJsonMappingException e) {
      throw bad("is no CSV with a header: " + firstLine(e));
    }
    return rows;
  }

  private List<Row> json() throws IOException {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      SequencedMap<String, String> cells = new LinkedHashMap<>();
      try {
        JsonNode node = JSON.readTree(line);
        if (!node.isObject()) {
          throw bad("line " + number + " is no JSON object");
        }
        node.properties().forEach(e -> cells.put(e.getKey(), cell(e.getValue())));
      } catch (JsonProcessingException e) {
        throw bad("line " + number + " is no JSON: " + firstLine(e));
      }
      rows.add(row(number, cells));
    }
    return rows;
  }

  /** What may be given several times may stand in an array. */
  private static String cell(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).collect(Collectors.joining(" "))
        : value.asText();
  }

  private List<Row> plain() throws IOException {
    List<Row> rows = new ArrayList<>();
    int number = 0;
    for (String line : Files.readAllLines(list)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        SequencedMap<String, String> cells = new LinkedHashMap<>();
        cells.put(FILE, line.strip());
        rows.add(row(number, cells));
      }
    }
    return rows;
  }

  private Row row(long line, SequencedMap<String, String> cells) {
    String at = list.getFileName() + " line " + line;
    List<OptionList.Given> options = new ArrayList<>();
    Set<String> optional = optional();
    for (Map.Entry<String, String> cell : cells.entrySet()) {
      String column = cell.getKey();
      String value = cell.getValue() == null ? "" : cell.getValue().strip();
      if (optional.contains(column)) {
        if (!value.isEmpty()) {
          parts(column, value).forEach(part -> options.add(new OptionList.Given(column, part)));
        }
      } else if (!known().contains(column) && !column.startsWith(OWN)) {
        throw bad(
            "has a column '%s', expected of %s; what you call %s... is carried along"
                .formatted(column, String.join(", ", all(optional)), OWN));
      }
    }
    String file = text(cells, FILE);
    if (file.isEmpty()) {
      throw bad("line %d has no %s".formatted(line, FILE));
    }
    return new Row(
        at,
        ObjectUrl.isOne(file) ? file : list.toAbsolutePath().resolveSibling(file).toString(),
        new Row.Label(
            text(cells, TITLE),
            either(cells, ARTIST, AUTHOR),
            either(cells, LICENCE, LICENSE),
            text(cells, Derivatives.OVERRIDE)),
        new OptionList(options),
        text(cells, ResultsFile.OUTCOME).equals(ResultsFile.COMPLETE),
        cells);
  }

  /** What may be given several times holds no blanks: readings, one after the other. */
  private static List<String> parts(String column, String value) {
    return OptionList.isRepeated(column) ? List.of(value.split("\\s+")) : List.of(value);
  }

  private static Set<String> optional() {
    Set<String> names = new TreeSet<>(Sweep.names());
    names.addAll(OF_A_TAKE);
    return names;
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(LABELS);
    known.addAll(ResultsFile.COLUMNS);
    return known;
  }

  private static Set<String> all(Set<String> optional) {
    Set<String> all = new TreeSet<>(optional);
    all.addAll(LABELS);
    return all;
  }

  private static String either(Map<String, String> cells, String one, String other) {
    String text = text(cells, one);
    return text.isEmpty() ? text(cells, other) : text;
  }

  private static String text(Map<String, String> cells, String column) {
    String text = cells.get(column);
    return text == null ? "" : text.strip();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private CommandFailure bad(String what) {
    return new CommandFailure(ExitCode.BAD_INPUT, list + " " + what);
  }
}
