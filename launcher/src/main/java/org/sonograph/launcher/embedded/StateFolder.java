package org.sonograph.launcher.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.runtime.files.FolderTree;

/**
 * Where the services keep their state. A chain that was abandoned may have its stores open for
 * minutes, since it waits for a broker that is no more, and RocksDB locks them by their paths for
 * as long as the process lives: so the next one in this process gets a folder of its own, and makes
 * its state anew from the topics.
 */
final class StateFolder {
  private static final Logger LOG = LoggerFactory.getLogger(StateFolder.class);
  private static final String AGAIN = "again-";

  /** Chains of this process that were abandoned, by their data. */
  private static final Map<Path, Integer> ABANDONED = new ConcurrentHashMap<>();

  private StateFolder() {}

  /**
   * The folder for a chain that begins; the first one of a process clears what earlier ones left.
   */
  static Path of(Path data) {
    Path folder = data.resolve(DataPart.STATE.folders().getFirst());
    int abandoned = ABANDONED.getOrDefault(data.toAbsolutePath(), 0);
    if (abandoned > 0) {
      return folder.resolve(AGAIN + abandoned);
    }
    clear(folder);
    return folder;
  }

  /** A chain was abandoned. */
  static void abandon(Path data) {
    ABANDONED.merge(data.toAbsolutePath(), 1, Integer::sum);
  }

  private static void clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, AGAIN + "*")) {
      for (Path one : left) {
        FolderTree.remove(one);
      }
    } catch (IOException e) {
      LOG.warn("old state in {} cannot be removed: {}", folder, e.getMessage());
    }
  }
}
