import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoublePredicate;
import java.util.stream.Stream;
import org.sonograph.signal.loudness.LoudnessMeter;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** The table of benchmarks/ear/run: figures down, readings across. */
class EarTable {
  private static final String BEGIN = "<!-- ear: made by benchmarks/ear/run -->";
  private static final String END = "<!-- /ear -->";

  /** What is asked of a figure, in words and as a test. */
  private record Bar(String words, DoublePredicate holds) {}

  private static final Map<String, Bar> BARS = bars();

  private final Path work;

  /** {@code reading -> figure -> value of every sound}. */
  private final Map<String, Map<String, List<Double>>> all = new TreeMap<>();

  private final Map<String, List<Double>> seamSteps = new TreeMap<>();
  private final Map<String, List<Double>> insideSteps = new TreeMap<>();
  private final Map<String, List<Double>> overSeeds = new TreeMap<>();
  private final Map<String, Sound> sources = new TreeMap<>();
  private final Map<String, EarFigures> ofSources = new TreeMap<>();
  private final List<Double> loudnessApart = new ArrayList<>();

  private EarTable(Path work) {
    this.work = work;
  }

  private static Map<String, Bar> bars() {
    Map<String, Bar> bars = new LinkedHashMap<>();
    bars.put("loudness, LUFS", new Bar("-20 ± 1", v -> Math.abs(v + 20) <= 1));
    bars.put("true peak, dBTP", new Bar("at most -1", v -> v <= -0.95));
    bars.put("above 6 kHz, dB", new Bar("at most -10", v -> v <= -10));
    bars.put("below 30 Hz, dB", new Bar("at most -40", v -> v <= -40));
    bars.put("centroid, Hz", new Bar("300 to 2500, median", v -> v >= 300 && v <= 2500));
    bars.put("DC, dBFS", new Bar("below -60", v -> v < -60));
    bars.put("flatness", new Bar("at most 0.1 in three of four", v -> v <= 0.1));
    bars.put("hop line, dB", new Bar("at most 8", v -> v <= 8));
    bars.put("central 90 %, octaves", new Bar("at least 2 (chirp)", v -> v >= 2));
    bars.put("first 20 ms over the next second, dB", new Bar("at most 0 (chirp)", v -> v <= 0));
    bars.put("loudness form", new Bar("at least 0.6", v -> v >= 0.6));
    bars.put("onsets", new Bar("0.5 at 0.3; 0.9 unpainted", v -> v >= 0.5));
    return bars;
  }

  public static void main(String[] args) throws Exception {
    EarTable table = new EarTable(Path.of(args[0]));
    table.measure();
    String text = table.text();
    System.out.print(text);
    if (args.length > 1) {
      Path file = Path.of(args[1]);
      String page = Files.readString(file);
      int from = page.indexOf(BEGIN);
      int until = page.indexOf(END);
      if (from < 0 || until < from) {
        throw new IllegalStateException(file + " has no lines " + BEGIN + " and " + END);
      }
      Files.writeString(
          file, page.substring(0, from) + BEGIN + "\n\n" + text + "\n" + page.substring(until));
    }
  }

  private void measure() throws Exception {
    for (Path out : folders(work, "sounds")) {
      for (Path take : folders(out, ".sonograph")) {
        if (Files.exists(take.resolve("track.json"))) {
          take(out, take);
        }
      }
    }
  }

  private static List<Path> folders(Path in, String except) throws Exception {
    try (Stream<Path> all = Files.list(in)) {
      return all.filter(Files::isDirectory)
          .filter(p -> !p.getFileName().toString().equals(except))
          .sorted()
          .toList();
    }
  }

  private void take(Path out, Path take) throws Exception {
    String run = out.getFileName().toString();
    if (run.startsWith("tape-seed")) {
      return;
    }
    String name = take.getFileName().toString().replaceAll("^.*(sound-[0-9]+).*$", "$1");
    boolean hasBeats = EarSounds.BEATS.contains(Integer.parseInt(name.substring(6)));
    if (!sources.containsKey(name)) {
      sources.put(name, read(work.resolve("sounds").resolve(name + ".wav")));
      ofSources.put(name, new EarFigures(sources.get(name)));
    }
    Sound source = sources.get(name);
    Map<String, Sound> heard = new TreeMap<>();
    try (Stream<Path> files = Files.list(take)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".wav")).sorted().toList()) {
        heard.put(file.getFileName().toString().replace(".wav", ""), read(file));
      }
    }
    for (var one : heard.entrySet()) {
      String row = row(run, one.getKey());
      var figures = EarFigures.of(source, ofSources.get(name), one.getValue(), hasBeats);
      figures.forEach(
          (k, v) ->
              all.computeIfAbsent(row, r -> new TreeMap<>())
                  .computeIfAbsent(k, f -> new ArrayList<>())
                  .add(v));
      EarFigures own = new EarFigures(one.getValue());
      seamSteps.computeIfAbsent(row, r -> new ArrayList<>()).addAll(own.steps(true));
      insideSteps.computeIfAbsent(row, r -> new ArrayList<>()).addAll(own.steps(false));
    }
    Path other = work.resolve(run.replace("tape-", "tape-seed-")).resolve(take.getFileName());
    if (run.matches("tape-[0-9]+") && heard.size() > 1) {
      apart(run, heard, other);
    }
  }

  private static String row(String run, String reading) {
    return switch (run) {
      case "notebook" -> "notebook " + reading;
      case "tape-faint" -> "tape " + reading + ", strength 0.3";
      case "tape-through" -> "tape " + reading + ", unpainted";
      default -> "tape " + reading;
    };
  }

  /** Two readings against each other, and against the same with another seed. */
  private void apart(String run, Map<String, Sound> heard, Path other) throws Exception {
    Sound[] pair = heard.values().toArray(Sound[]::new);
    loudnessApart.add(Math.abs(lufs(pair[0]) - lufs(pair[1])));
    if (Files.isDirectory(other)) {
      double readings = EarFigures.distance(pair[0], pair[1]);
      for (var one : heard.entrySet()) {
        double seeds =
            EarFigures.distance(one.getValue(), read(other.resolve(one.getKey() + ".wav")));
        overSeeds
            .computeIfAbsent(row(run, one.getKey()), k -> new ArrayList<>())
            .add(readings / Math.max(1e-9, seeds));
      }
    }
  }

  private static double lufs(Sound sound) {
    return LoudnessMeter.integratedLufs(sound.sampleRateHz(), sound.channels());
  }

  private String text() {
    List<String> rows =
        all.keySet().stream().filter(r -> !r.contains(",")).sorted(EarTable::tapeFirst).toList();
    StringBuilder out = new StringBuilder("| figure | asked for |");
    rows.forEach(r -> out.append(" `").append(r.replaceFirst(" ", "` `")).append("` |"));
    out.append("\n|---|---|").append("---|".repeat(rows.size())).append('\n');
    for (var bar : BARS.entrySet()) {
      out.append("| %s | %s |".formatted(bar.getKey(), bar.getValue().words));
      for (String row : rows) {
        out.append(cell(row, bar.getKey(), bar.getValue().holds));
      }
      out.append('\n');
    }
    out.append("| 50 ms steps at seams, 95 of 100 are below, dB | as inside |");
    rows.forEach(r -> out.append(seams(r)));
    out.append("\n| two readings over two seeds | at least 2 |");
    rows.forEach(r -> out.append(number(overSeeds.getOrDefault(r, List.of()))));
    return out.append('\n').append(below()).toString();
  }

  private static int tapeFirst(String a, String b) {
    int profiles = Boolean.compare(a.startsWith("notebook"), b.startsWith("notebook"));
    return profiles != 0 ? profiles : a.compareTo(b);
  }

  private String cell(String row, String figure, DoublePredicate holds) {
    List<Double> v =
        all.getOrDefault(row, Map.of()).getOrDefault(figure, List.of()).stream()
            .filter(x -> !x.isNaN())
            .toList();
    if (v.isEmpty()) {
      return " - |";
    }
    long good = v.stream().filter(holds::test).count();
    return " %s (%d of %d) |".formatted(shown(EarFigures.percentile(v, 0.5)), good, v.size());
  }

  private String seams(String row) {
    return row.startsWith("notebook")
        ? " - |"
        : " %.2f, inside %.2f |"
            .formatted(
                EarFigures.percentile(seamSteps.get(row), 0.95),
                EarFigures.percentile(insideSteps.get(row), 0.95));
  }

  private static String number(List<Double> values) {
    return values.isEmpty() ? " - |" : " %s |".formatted(shown(EarFigures.percentile(values, 0.5)));
  }

  private static String shown(double v) {
    return Math.abs(v) >= 100 ? "%.0f".formatted(v) : Math.abs(v) >= 10 ? "%.1f".formatted(v) : "%.2f".formatted(v);
  }

  private String below() {
    StringBuilder out = new StringBuilder();
    out.append(
        "\nReadings of one track are at most %.2f LU apart (asked for: 1)."
            .formatted(EarFigures.percentile(loudnessApart, 1)));
    for (String row : all.keySet()) {
      if (row.contains(",")) {
        double median = EarFigures.percentile(all.get(row).get("onsets"), 0.5);
        out.append(
            " Onsets of `%s`: %.2f."
                .formatted(row.replaceFirst("^tape ([a-z-]+), ", "$1`, "), median)
                .replaceFirst("`: ", ": "));
      }
    }
    return out.append('\n').toString();
  }

  private static Sound read(Path file) throws Exception {
    return WavCodec.decode(Files.readAllBytes(file));
  }
}
