package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Where this user's data lie when no folder is named: never a temporary folder, which is memory on
 * many systems.
 */
public final class UserData {
  private static final String NAME = "sonograph";
  private static final String VARIABLE = "SONOGRAPH_DATA";

  private UserData() {}

  /** The folder. */
  public static Path folder() {
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isBlank()) {
      return Path.of(named).toAbsolutePath();
    }
    Path home = Path.of(System.getProperty("user.home"));
    if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
      return home.resolve("Library/Application Support").resolve(NAME);
    }
    String data = System.getenv("XDG_DATA_HOME");
    return (data == null || data.isBlank() ? home.resolve(".local/share") : Path.of(data))
        .resolve(NAME);
  }
}
