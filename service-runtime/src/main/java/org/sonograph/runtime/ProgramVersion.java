package org.sonograph.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Sonograph this is, as it stands in what it writes. */
public final class ProgramVersion {
  private static final String TEXT = read();

  private ProgramVersion() {}

  /** Name and version: {@code Sonograph 0.1.0}. */
  public static String text() {
    return TEXT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = ProgramVersion.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "Sonograph " + properties.getProperty("version");
  }
}
