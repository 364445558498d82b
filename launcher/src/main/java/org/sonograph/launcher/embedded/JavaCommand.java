package org.sonograph.launcher.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Builds the command line of a child JVM. */
final class JavaCommand {
  /** System property: folder into which children write new start-up archives when they end. */
  static final String RECORD = "sonograph.archives.record";

  /** One collector thread, little stack: several JVMs and a model share one machine. */
  private static final List<String> SMALL =
      List.of(
          "-XX:+UseSerialGC",
          "-Xss512k",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final List<String> options = new ArrayList<>(SMALL);
  private final String classPath;

  /** True if children of this process record archives instead of using them. */
  static boolean isRecording() {
    return !System.getProperty(RECORD, "").isEmpty();
  }

  JavaCommand(String classPath) {
    this.classPath = classPath;
  }

  JavaCommand heapMb(int maximum) {
    options.add("-Xms16m");
    options.add("-XX:MinHeapFreeRatio=10");
    options.add("-XX:MaxHeapFreeRatio=30");
    options.add("-Xmx" + maximum + "m");
    return this;
  }

  /** For processes that do little work: the second compiler would cost more than it gives. */
  JavaCommand firstCompilerOnly() {
    options.add("-XX:TieredStopAtLevel=1");
    return this;
  }

  /** Any further option of the JVM. */
  JavaCommand option(String option) {
    options.add(option);
    return this;
  }

  /**
   * Starts from (or records) the archive {@code name} in {@code folder}; a missing or unfit one is
   * no error.
   */
  JavaCommand archive(Path folder, String name) {
    String record = System.getProperty(RECORD, "");
    if (!record.isEmpty()) {
      options.add("-XX:AOTCacheOutput=" + Path.of(record, name + ".aot"));
    } else if (Files.isReadable(folder.resolve(name + ".aot"))) {
      options.add("-XX:AOTCache=" + folder.resolve(name + ".aot"));
    }
    options.add("-Xlog:disable");
    options.add("-Xlog:all=error,aot=off,cds=off:stderr");
    return this;
  }

  JavaCommand properties(Map<String, String> properties) {
    properties.forEach((name, value) -> options.add("-D" + name + "=" + value));
    return this;
  }

  /**
   * The process to start.
   *
   * @param name for messages
   * @param log file that takes what the child says
   * @param environment variables beside the class path, which is one too: ONNX Runtime crashes in a
   *     process whose command line is longer than 4096 bytes
   * @param mainAndArguments main class and its arguments
   */
  ChildProcess.Spec spec(
      String name, Path log, Map<String, String> environment, List<String> mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(Installation.java());
    command.addAll(options);
    command.add(ChildProcess.MAIN);
    command.addAll(mainAndArguments);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("CLASSPATH", classPath);
    return new ChildProcess.Spec(name, command, variables, log);
  }
}
