package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where services write their log lines: never to the terminal. */
public final class ServiceLogs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private ServiceLogs() {}

  /** Sends this process's log lines to a file; must come before anything logs. */
  public static void toFile(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new EmbeddedException("cannot write logs to " + file + ": " + e.getMessage(), e);
    }
    setUnlessGiven(PREFIX + "logFile", file.toString());
  }

  /** Commands without services say only what is wrong, on standard error. */
  public static void quiet() {
    setUnlessGiven(PREFIX + "defaultLogLevel", "error");
  }

  private static void setUnlessGiven(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
