package org.sonograph.launcher.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.IngestResult;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.runtime.TopicTrim;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Sends takes into a chain of its own and waits until each is closed. */
public final class Job {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final Duration TRIM = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final OutFolder out;
  private final List<PlannedTake> takes;
  private final long ahead;

  /**
   * A job.
   *
   * @param ahead pictures under way at most
   */
  public Job(Terminal terminal, OutFolder out, List<PlannedTake> takes, long ahead) {
    this.terminal = terminal;
    this.out = out;
    this.takes = List.copyOf(takes);
    this.ahead = ahead;
  }

  /** Runs to the end; what became of each source, by take. */
  public Map<String, IngestResult> run(Embedded chain, FFmpeg ffmpeg) throws InterruptedException {
    Progress progress = new Progress(terminal, takes);
    try (Submission submission = Submission.start(chain.host(), ffmpeg, takes, ahead)) {
      Thread trimming =
          Thread.ofPlatform().name("trim").daemon().start(() -> trim(chain.host().admin()));
      try {
        while (!isDone(submission)) {
          chain.check();
          for (String crash : submission.crashes()) {
            throw new EmbeddedException(crash);
          }
          progress.show(out, submission.pictures());
          Thread.sleep(GLANCE);
        }
        progress.show(out, submission.pictures());
      } finally {
        trimming.interrupt();
        terminal.status(List.of());
      }
      return submission.results();
    }
  }

  private boolean isDone(Submission submission) {
    boolean sent = submission.isDone();
    out.refresh();
    Map<String, IngestResult> results = submission.results();
    return sent
        && takes.stream()
            .allMatch(
                take -> {
                  IngestResult result = results.get(take.id());
                  boolean nothingSent = result != null && result.chunks() == 0;
                  return nothingSent || out.take(take.id()).filter(TrackFile::isClosed).isPresent();
                });
  }

  /**
   * Keeps the broker's disk flat: only in a data folder of our own, which nobody else reads from.
   */
  private static void trim(Admin admin) {
    try {
      while (true) {
        Thread.sleep(TRIM);
        try {
          TopicTrim.trim(admin);
        } catch (InterruptException | IllegalStateException e) {
          // The job is over, or its client is being closed.
          return;
        } catch (KafkaException e) {
          LOG.warn("passed records could not be deleted now: {}", e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
