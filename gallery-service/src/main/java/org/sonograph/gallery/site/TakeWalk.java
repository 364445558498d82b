package org.sonograph.gallery.site;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.sonograph.gallery.report.TrackFile;

/**
 * Finds the takes below a folder, at any depth, one at a time. Hidden folders, links and sites are
 * passed by.
 */
public final class TakeWalk {
  private TakeWalk() {}

  /** Told of each take's folder. */
  public interface Visitor {
    /** A folder that has a {@code track.json}. */
    void take(Path folder) throws IOException;
  }

  /** Visits every take below a folder. */
  public static void visit(Path out, Visitor visitor) throws IOException {
    Files.walkFileTree(
        out,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (!folder.equals(out) && isPassedBy(folder)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (Files.isRegularFile(folder.resolve(TrackFile.NAME), LinkOption.NOFOLLOW_LINKS)) {
              visitor.take(folder);
              return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // it went away, or is not ours to read
          }
        });
  }

  private static boolean isPassedBy(Path folder) {
    return folder.getFileName().toString().startsWith(".") || Site.isSite(folder);
  }
}
