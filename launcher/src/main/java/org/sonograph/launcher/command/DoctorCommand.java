package org.sonograph.launcher.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.diffusion.engine.ExecutionProviders;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ReadingRequests;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what Sonograph needs on this machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Checks what Sonograph needs on this machine, and says what to do where something is"
            + " missing.")
public final class DoctorCommand implements Callable<Integer> {
  private static final long NEEDED_MEMORY_MB = 2048;
  private static final long NEEDED_DISK_MB = 1024;
  private static final long MIB = 1 << 20;

  private final Terminal terminal;
  private int wrong;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data folder to look at (default: this user's own).")
  Path data;

  public DoctorCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    good("Java " + Runtime.version() + " in " + System.getProperty("java.home"));
    good(Runtime.getRuntime().availableProcessors() + " processors");
    memory();
    check(
        "broker and schema registry are built in " + Installation.home(),
        () -> Installation.find().verify());
    check("FFmpeg decodes", () -> CommandFiles.ffmpeg().executable());
    check("bundled model", BundledModels::first);
    good(ReadingRequests.all().size() + " readings");
    graphics();
    folder(data == null ? UserData.folder() : data);
    return (wrong == 0 ? ExitCode.OK : ExitCode.UNAVAILABLE).number();
  }

  private interface Attempt {
    Object run() throws Exception;
  }

  private void check(String what, Attempt attempt) {
    try {
      Object found = attempt.run();
      good(found instanceof String || found instanceof Path ? what + " (" + found + ")" : what);
    } catch (Exception e) {
      bad(e.getMessage());
    }
  }

  private void memory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long mb = system.getTotalMemorySize() / MIB;
      report(
          mb >= NEEDED_MEMORY_MB, mb + " MiB of memory", ", expected at least " + NEEDED_MEMORY_MB);
    }
  }

  /** What graphics cards would need; that is missing only where the build was made for them. */
  private void graphics() {
    for (ExecutionProvider provider : ExecutionProvider.values()) {
      List<String> lacks = ExecutionProviders.lacks(provider);
      if (lacks.isEmpty()) {
        good("models can run on " + provider.text());
      } else if (provider == ExecutionProvider.CUDA && ExecutionProviders.isBuiltIn(provider)) {
        lacks.forEach(
            missing ->
                bad("%s is missing, which provider %s needs".formatted(missing, provider.text())));
      } else {
        note("provider %s lacks %s".formatted(provider.text(), String.join(", ", lacks)));
      }
    }
  }

  private void folder(Path folder) {
    try {
      Path existing = folder;
      while (!Files.exists(existing)) {
        existing = existing.toAbsolutePath().getParent();
      }
      long free = Files.getFileStore(existing).getUsableSpace() / MIB;
      report(
          free >= NEEDED_DISK_MB,
          free + " MiB free for " + folder,
          ", expected at least " + NEEDED_DISK_MB);
      report(Files.isWritable(existing), existing + " is writable", ": it is not");
      if (Files.isDirectory(folder) && DataFolder.isHeld(folder)) {
        Optional<InstanceFile> instance = InstanceFile.read(folder);
        good(
            "a Sonograph is running there"
                + instance.map(i -> ": " + i.galleryUrl()).orElse(", not ready yet"));
      }
    } catch (IOException | EmbeddedException e) {
      bad(folder + ": " + e.getMessage());
    }
  }

  private void report(boolean ok, String what, String otherwise) {
    if (ok) {
      good(what);
    } else {
      bad(what + otherwise);
    }
  }

  private void good(String what) {
    terminal.data("ok    " + what);
  }

  /** Nothing wrong, but good to know. */
  private void note(String what) {
    terminal.data("note  " + what);
  }

  private void bad(String what) {
    wrong++;
    terminal.data("WRONG " + what);
  }
}
