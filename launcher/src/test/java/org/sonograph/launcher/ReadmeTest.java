package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.recipe.PresetArguments;
import org.sonograph.launcher.recipe.Presets;
import picocli.CommandLine;

/**
 * What the README and its pages tell people to type and to look at. The README's first commands are
 * carried out as they stand in ITDownload.
 */
class ReadmeTest {
  private static final Path HOME = Installation.home();
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?: {4})?(?:[A-Z_]+=\\S+ )*\\./sonograph(?: (.*))?$");
  private static final Pattern INLINE = Pattern.compile("`\\./sonograph ?([^`]*)`");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(#.*)|(\\S+)");
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```|^ {4}.*?$|`[^`\n]*`");

  /** They end before anything is painted where their input is no sound and no picture. */
  private static final Set<String> CARRIED_OUT =
      Set.of("run", "spectrogram", "diffuse", "decode", "readings");

  private static final Pattern INPUT =
      Pattern.compile("(?:.*/)?[\\w-]+\\.(?:wav|flac|png)|recordings|out");

  @TempDir Path folder;

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(HOME.resolve("docs"))) {
      return Stream.concat(
              Stream.of(
                      "README.md",
                      "launcher/README.md",
                      "launcher/download/README.md",
                      "diffusion-worker/README.md",
                      "deploy/README.md")
                  .map(HOME::resolve),
              docs.filter(f -> f.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }

  static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages()) {
      LINE.matcher(Files.readString(page))
          .results()
          .forEach(found -> lines.add(found.group(1) == null ? "" : found.group(1)));
    }
    assertThat(lines).hasSizeGreaterThan(20);
    return lines.stream().distinct().toList();
  }

  @ParameterizedTest(allowZeroInvocations = false)
  @MethodSource("lines")
  void theCommandLineUnderstandsWhatIsToldToType(String line) throws IOException {
    List<String> words = words(line);
    CommandLine parser = SonographCommand.commandLine(terminal(), new Presets(folder));
    String[] all =
        new PresetArguments(new Presets(folder), note -> {})
            .expand(parser, words.toArray(String[]::new));
    parser.parseArgs(all);
    // A bucket is somebody's: nothing is asked of it.
    boolean isOurs = words.stream().noneMatch(word -> word.startsWith("s3://"));
    if (!words.isEmpty() && isOurs && CARRIED_OUT.contains(words.getFirst())) {
      List<String> here = new ArrayList<>();
      for (String word : words) {
        here.add(INPUT.matcher(word).matches() ? noSound(word).toString() : word);
      }
      int code =
          SonographCommand.execute(terminal(), new Presets(folder), here.toArray(String[]::new));
      assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isIn(0, 65, 66);
    }
  }

  @Test
  void commandsNamedInSentencesExist() throws IOException {
    CommandLine root = SonographCommand.commandLine(terminal(), new Presets(folder));
    for (Path page : pages()) {
      Matcher named = INLINE.matcher(Files.readString(page));
      while (named.find()) {
        CommandLine at = root;
        for (String word : named.group(1).split("[ |]")) {
          if (!word.matches("[a-z-]+") || word.startsWith("-") || at.getSubcommands().isEmpty()) {
            break;
          }
          assertThat(at.getSubcommands()).as(page + ": " + named.group()).containsKey(word);
          at =
              named.group(1).contains("|")
                  ? new CommandLine(new Object())
                  : at.getSubcommands().get(word);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkAndPictureIsThere(Path page) throws IOException {
    Matcher link = LINK.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""));
    while (link.find()) {
      String to = link.group(1) == null ? link.group(2) : link.group(1);
      if (to.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = to.split("#", 2);
      Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(file).as(page + " links to " + to).exists();
      if (parts.length == 2) {
        assertThat(anchors(file)).as(page + " links to " + to).contains(parts[1]);
      }
    }
  }

  /** Anchors of headings, as GitHub makes them. */
  private static List<String> anchors(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  private Path noSound(String name) throws IOException {
    Path file = folder.resolve(name);
    if (name.equals("out")) {
      return file;
    }
    if (name.equals("recordings")) {
      Files.createDirectories(file);
      Files.writeString(file.resolve("a.wav"), "this is no sound");
      return file;
    }
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "this is no sound");
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find() && word.group(3) == null) {
      words.add(
          Stream.of(1, 2, 4).map(word::group).filter(w -> w != null).findFirst().orElseThrow());
    }
    return words;
  }

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private Terminal terminal() {
    return new Terminal(
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        new PrintStream(said, true, StandardCharsets.UTF_8),
        false,
        80);
  }
}
