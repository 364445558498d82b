package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.s3.TakeCopier;

/** Copies takes while others are being made, each as soon as it is complete, and then the rest. */
final class TakeCopies implements AutoCloseable {
  private static final long GLANCE_MS = 1000;

  /** Takes in a row that could not be copied, after which the others wait for the next run. */
  private static final int MOST_FAILURES = 3;

  private static final long CLOSE_MS = 5000;
  private static final double MEGABYTE = 1e6;

  private final TakeCopier copier;
  private final OutFolder out;
  private final Terminal terminal;
  private final boolean isDropping;
  private final Set<String> done = new HashSet<>();
  private final Thread thread;
  private int failures;
  private boolean isWhole = true;
  private volatile boolean isStopped;

  /**
   * Begins.
   *
   * @param isDropping whether a take's files may go as soon as they are copied
   */
  TakeCopies(TakeCopier copier, Path out, Terminal terminal, boolean isDropping) {
    this.copier = copier;
    this.out = new OutFolder(out);
    this.terminal = terminal;
    this.isDropping = isDropping;
    this.thread = Thread.ofPlatform().daemon().name("copies").start(this::follow);
  }

  private void follow() {
    try {
      while (!isStopped) {
        out.refreshOpen();
        for (TrackFile track : out.all()) {
          if (!isStopped && track.isComplete() && !done.contains(track.take())) {
            done.add(track.take());
            copy(track, isDropping);
          }
        }
        Thread.sleep(GLANCE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(TrackFile track, boolean isDropped) throws InterruptedException {
    if (failures >= MOST_FAILURES) {
      isWhole = false;
      return;
    }
    try {
      copier.copy(track);
      if (isDropped) {
        copier.drop(track.folder());
      }
      failures = 0;
    } catch (IOException e) {
      isWhole = false;
      terminal.complain("%s is not copied: %s".formatted(track.folder(), e.getMessage()));
      if (++failures == MOST_FAILURES) {
        terminal.complain(
            "%s takes no more; the same command copies the rest".formatted(copier.to()));
      }
    }
  }

  /**
   * Copies what is not copied yet, what was made of takes afterwards as well.
   *
   * @return whether all of it is there now
   */
  boolean finish(Iterable<TrackFile> tracks, boolean isDropped) throws InterruptedException {
    isStopped = true;
    thread.join();
    isWhole = true;
    failures = 0;
    for (TrackFile track : tracks) {
      if (track.isComplete()) {
        copy(track, isDropped);
      }
    }
    TakeCopier.Count count = copier.total();
    terminal.say(
        count.takes() == 0 && isWhole
            ? "copied already: " + copier.to()
            : "copied %d takes, %d files, %.1f MB: %s"
                .formatted(count.takes(), count.files(), count.bytes() / MEGABYTE, copier.to()));
    return isWhole;
  }

  @Override
  public void close() {
    isStopped = true;
    thread.interrupt();
    copier.close();
    try {
      thread.join(CLOSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
