package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
  private static final String URL = "http://127.0.0.1:7463";

  @TempDir Path folder;

  @Test
  void opensThePageWithWhatTheSystemHas() throws Exception {
    assertThat(opened("Linux", "xdg-open", Map.of("DISPLAY", ":0"))).isTrue();
    assertThat(opened("Linux", "xdg-open", Map.of("WAYLAND_DISPLAY", "wayland-0"))).isTrue();
    assertThat(opened("Linux", "explorer.exe", Map.of("WSL_DISTRO_NAME", "Debian"))).isTrue();
    assertThat(opened("Mac OS X", "open", Map.of())).isTrue();
  }

  @Test
  void opensNothingWithoutAScreenOrWithoutAProgram() throws Exception {
    assertThat(opened("Linux", "xdg-open", Map.of("DISPLAY", ""))).isFalse();
    assertThat(opened("Linux", "firefox", Map.of("DISPLAY", ":0"))).isFalse();
  }

  /** True if {@code program}, the only one there is, was given the address. */
  private boolean opened(String system, String program, Map<String, String> variables)
      throws Exception {
    Path bin = Files.createTempDirectory(folder, "bin");
    Path told = bin.resolve("told");
    Path script = Files.writeString(bin.resolve(program), "#!/bin/sh\necho \"$1\" >" + told + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    Map<String, String> all = new java.util.HashMap<>(variables);
    all.put("PATH", bin.toString());
    boolean opened = new Browser(all, system).open(URL);
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (opened && (!Files.exists(told) || Files.size(told) == 0)) {
      assertThat(System.nanoTime()).isLessThan(until);
      Thread.onSpinWait();
    }
    if (opened) {
      assertThat(Files.readString(told)).isEqualTo(URL + "\n");
    }
    return opened;
  }
}
