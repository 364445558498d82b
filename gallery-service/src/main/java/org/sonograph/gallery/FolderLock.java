package org.sonograph.gallery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sonograph.runtime.settings.SettingsException;

/**
 * Keeps a second collector out of a folder; the system lets go of it when the process ends, however
 * it ends.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder, which is made if it is missing.
   *
   * @throws SettingsException if another collector has it
   */
  static FolderLock take(Path folder) throws IOException {
    Path hidden = folder.resolve(".sonograph");
    Files.createDirectories(hidden);
    Path file = hidden.resolve("gallery.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held within this process: refused below like any other.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new SettingsException(
          "sonograph.gallery.out=%s is written by another collector; stop it or name another folder"
              .formatted(folder));
    }
    return new FolderLock(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
