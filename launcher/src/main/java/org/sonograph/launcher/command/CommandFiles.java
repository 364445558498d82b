package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.sonograph.ingest.source.SourceFiles;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.s3.ObjectUrl;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegConfig;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

/** Files named on the command line, read whole and written whole or not at all. */
final class CommandFiles {
  private CommandFiles() {}

  /** FFmpeg as environment and settings file say, as in the services. */
  static FFmpeg ffmpeg() {
    try {
      FFmpegConfig config =
          Settings.load(List.of(), System.getenv(), List.of(FFmpegConfig.class))
              .getConfigMapping(FFmpegConfig.class);
      return FFmpeg.open(FFmpegSettings.of(config));
    } catch (SettingsException e) {
      throw new CommandFailure(ExitCode.USAGE, e.getMessage(), e);
    }
  }

  /** Bytes of an input. */
  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, file + ": no such file", e);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, file + ": cannot be read (" + reason(e) + ")", e);
    }
  }

  /** A picture given as an input. */
  static PngImage readPng(Path file) {
    byte[] bytes = read(file);
    try {
      return PngCodec.decode(bytes, PngLimits.DEFAULT);
    } catch (PngException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, file + ": " + e.getMessage(), e);
    }
  }

  /** Throws now, before long work, if {@code file} could not be written later. */
  static void requireWritable(Path file) {
    Path folder = folderOf(file);
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, file + ": cannot be written (no folder " + folder + ")");
    }
    if (Files.isDirectory(file)) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, file + ": cannot be written (it is a folder)");
    }
    if (!Files.isWritable(folder)) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE,
          file + ": cannot be written (folder " + folder + " is not writable)");
    }
  }

  /** Puts an output in its place at once. */
  static void write(Path file, byte[] bytes) {
    requireWritable(file);
    Path partial = null;
    try {
      partial = Files.createTempFile(folderOf(file), "." + file.getFileName() + ".", ".partial");
      Files.write(partial, bytes);
      readableByAll(partial);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(partial);
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, file + ": cannot be written (" + reason(e) + ")", e);
    }
  }

  /** Temporary files are private; an output is as open as any other file of the user's. */
  private static void readableByAll(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  private static void discard(Path partial) {
    if (partial != null) {
      partial.toFile().delete();
    }
  }

  private static Path folderOf(Path file) {
    return file.toAbsolutePath().getParent();
  }

  /** What an operating system's error says, without class names. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return String.valueOf(e.getMessage());
  }

  private static boolean mayBeThere(String input) {
    return input.equals(SourceFiles.STANDARD_INPUT)
        || ObjectUrl.isOne(input)
        || SourceFiles.isPattern(input)
        || Files.exists(Path.of(input));
  }

  /** Ends the command when not one of the inputs is there. */
  static void requireSomeInput(List<String> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "INPUT is missing: sound files, folders of them, patterns in quotes, or -");
    }
    if (inputs.stream().noneMatch(CommandFiles::mayBeThere)) {
      throw new CommandFailure(
          ExitCode.NO_INPUT, String.join(", ", inputs) + ": no such file or folder");
    }
  }
}
