package org.sonograph.launcher.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.runtime.files.WholeFile;

/** The presets there are: the user's own, then those that come with Sonograph. */
public final class Presets {
  private static final List<String> BUNDLED =
      List.of("breath", "carillon", "choir", "dust", "origin", "stems");
  private static final long MOST_BYTES = 64 * 1024;

  private final Path folder;

  /** The presets beside the user's own in a folder, which need not be there. */
  public Presets(Path folder) {
    this.folder = folder;
  }

  /** Those of whoever runs this. */
  public static Presets ofUser() {
    return new Presets(UserData.folder().resolve("presets"));
  }

  /** Names of those that come with Sonograph. */
  public static List<String> bundledNames() {
    return BUNDLED;
  }

  /** Names of the user's own. */
  public List<String> ownNames() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(Preset.EXTENSION))
          .map(Preset::nameOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, folder + ": cannot be read", e);
    }
  }

  /** The preset of that name, or in that file. */
  public Preset find(String named) {
    boolean isFile = named.contains("/") || named.contains("\\") || isPresetFile(named);
    if (isFile) {
      return read(Path.of(named), named);
    }
    Path own = file(named);
    if (Files.isRegularFile(own)) {
      return read(own, own.toString());
    }
    return bundled(named)
        .map(text -> Preset.parse(named, "preset " + named, text))
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.NO_INPUT,
                    "preset %s is not there, expected one of %s, or a file"
                        .formatted(
                            named,
                            String.join(
                                ", ",
                                Stream.concat(ownNames().stream(), BUNDLED.stream())
                                    .distinct()
                                    .toList()))));
  }

  /** Puts one of the user's own in its place, whole; an earlier one of that name is replaced. */
  public Path save(Preset preset) {
    Path file = file(preset.name());
    try {
      Files.createDirectories(folder);
      WholeFile.write(file, preset.text());
      return file;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** Removes one of the user's own. */
  public Path remove(String name) {
    Path file = file(name);
    try {
      if (Files.deleteIfExists(file)) {
        return file;
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, file + ": cannot be removed: " + e.getMessage(), e);
    }
    throw new CommandFailure(
        ExitCode.NO_INPUT,
        BUNDLED.contains(name)
            ? "preset " + name + " comes with Sonograph and stays; one saved under its name is used"
            : "preset " + name + " is not there: " + file);
  }

  private Path file(String name) {
    return folder.resolve(Preset.requireName(name) + Preset.EXTENSION);
  }

  private static boolean isPresetFile(String named) {
    return named.endsWith(Preset.EXTENSION);
  }

  private static Preset read(Path file, String shown) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new CommandFailure(
            ExitCode.BAD_INPUT, shown + ": larger than 64 KiB, expected a few lines");
      }
      return Preset.parse(Preset.nameOf(shown), shown, Files.readString(file));
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, shown + ": no text in UTF-8", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, shown + ": no preset that can be read", e);
    }
  }

  private static Optional<String> bundled(String name) {
    if (!BUNDLED.contains(name)) {
      return Optional.empty();
    }
    String file = "preset/" + name + Preset.EXTENSION;
    try (InputStream in = Presets.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the program");
      }
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
