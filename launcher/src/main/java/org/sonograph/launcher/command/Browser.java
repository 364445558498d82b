package org.sonograph.launcher.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The browser of whoever sits at this machine, if somebody does. */
final class Browser {
  private static final String SEARCH_PATH = "PATH";

  private final Map<String, String> environment;
  private final String system;

  /**
   * @param environment variables of the process
   * @param system name of the operating system, as Java has it
   */
  Browser(Map<String, String> environment, String system) {
    this.environment = Map.copyOf(environment);
    this.system = system.toLowerCase(Locale.ROOT);
  }

  /** That of this process. */
  static Browser ofProcess() {
    return new Browser(System.getenv(), System.getProperty("os.name"));
  }

  /** Shows a page; false where there is no screen or nothing to show it with. */
  boolean open(String url) {
    Optional<Path> program = programs().flatMap(name -> find(name).stream()).findFirst();
    if (program.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(List.of(program.get().toString(), url))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** What opens an address, in order of preference. */
  private Stream<String> programs() {
    if (system.contains("mac")) {
      return Stream.of("open");
    }
    if (environment.containsKey("WSL_DISTRO_NAME")) {
      return Stream.of("wslview", "explorer.exe", "xdg-open");
    }
    boolean hasScreen =
        Stream.of("DISPLAY", "WAYLAND_DISPLAY")
            .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty());
    return hasScreen ? Stream.of("xdg-open") : Stream.empty();
  }

  private Optional<Path> find(String name) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault(SEARCH_PATH, ""))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
