package org.sonograph.launcher.monitoring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs that a machine may lack. */
final class Programs {
  private Programs() {}

  /** The program, running; null where there is none of that name. */
  static Process start(String... command) {
    try {
      return new ProcessBuilder(command)
          .directory(RuleFiles.MONITORING.resolve("prometheus").toFile())
          .redirectErrorStream(true)
          .start();
    } catch (IOException e) {
      return null;
    }
  }

  /** All that it says, until it ends. */
  static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
