package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where services write their log lines: never to the terminal. What a user sets on the command line
 * of the JVM stays.
 */
public final class ServiceLogs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";
  private static final String LEVEL = PREFIX + "defaultLogLevel";
  private static final String KAFKA_LEVEL = PREFIX + "log.org.apache.kafka";
  private static final Set<String> GIVEN = Set.copyOf(System.getProperties().stringPropertyNames());

  private ServiceLogs() {}

  /** Sends this process's log lines to a file; must come before anything logs. */
  public static void toFile(Path file) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new EmbeddedException("cannot write logs to " + file + ": " + e.getMessage(), e);
    }
    set(LEVEL, "info");
    set(KAFKA_LEVEL, "warn");
    set(PREFIX + "logFile", file.toString());
  }

  /** Commands without services tell what is wrong themselves. */
  public static void quiet() {
    set(LEVEL, "error");
    set(KAFKA_LEVEL, "off");
  }

  private static void set(String name, String value) {
    if (!GIVEN.contains(name)) {
      System.setProperty(name, value);
    }
  }
}
