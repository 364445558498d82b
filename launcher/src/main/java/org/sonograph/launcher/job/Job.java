package org.sonograph.launcher.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.IngestResult;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.TopicTrim;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Sends takes into a chain of its own and waits until each is closed. */
public final class Job {
  private static final Logger LOG = LoggerFactory.getLogger(Job.class);
  private static final Duration GLANCE = Duration.ofMillis(250);
  private static final int SHARE = 9;
  private static final Duration TRIM = Duration.ofSeconds(3);

  private final Terminal terminal;
  private final OutFolder out;
  private final List<PlannedTake> takes;
  private final long ahead;
  private final JobControl control;
  private long glanceNanos;
  private OptionalDouble secondsAPicture = OptionalDouble.empty();

  /**
   * A job.
   *
   * @param ahead pictures under way at most
   * @param control rests and ends it
   */
  public Job(
      Terminal terminal, OutFolder out, List<PlannedTake> takes, long ahead, JobControl control) {
    this.terminal = terminal;
    this.out = out;
    this.takes = List.copyOf(takes);
    this.ahead = ahead;
    this.control = control;
  }

  /**
   * Runs to the end; what became of each source, by take.
   *
   * @param remote brings sounds that lie elsewhere
   */
  public Map<String, IngestResult> run(Embedded chain, FFmpeg ffmpeg, RemoteSources remote)
      throws InterruptedException {
    Progress progress = new Progress(terminal, takes);
    Submission.Rules rules =
        new Submission.Rules(
            Restraint.most(() -> control.isPaused() ? 0 : ahead), control::mayBegin);
    try (Submission submission = Submission.start(chain.host(), ffmpeg, takes, rules, remote)) {
      Thread trimming =
          Thread.ofPlatform().name("trim").daemon().start(() -> trim(chain.host().admin()));
      try {
        List<PlannedTake> open = new ArrayList<>(takes);
        while (!isDone(submission, open)) {
          chain.check();
          for (String crash : submission.crashes()) {
            throw new EmbeddedException(crash);
          }
          long begun = System.nanoTime();
          progress.show(out, submission.pictures());
          control.seen(progress.paintedNow(), progress.pace().secondsAPicture());
          pause(System.nanoTime() - begun + glanceNanos);
        }
        progress.show(out, submission.pictures());
        secondsAPicture = progress.pace().secondsAPicture();
      } finally {
        trimming.interrupt();
        terminal.status(List.of());
      }
      return submission.results();
    }
  }

  /** How fast it painted, once it has run: s from one picture to the next; empty after a few. */
  public OptionalDouble secondsAPicture() {
    return secondsAPicture;
  }

  /** Looking at a large archive takes its time, of which a job gives most to its work. */
  private static void pause(long lookedNanos) throws InterruptedException {
    Thread.sleep(Math.max(GLANCE.toMillis(), SHARE * lookedNanos / 1_000_000));
  }

  /**
   * Whether everything is closed.
   *
   * @param open takes that were not when last looked at; those that are now leave it
   */
  private boolean isDone(Submission submission, List<PlannedTake> open) {
    boolean sent = submission.isDone();
    long begun = System.nanoTime();
    out.refreshOpen();
    Map<String, IngestResult> results = submission.results();
    open.removeIf(
        take -> {
          IngestResult result = results.get(take.id());
          if (result == null) {
            // never begun, where nothing more is
            return sent;
          }
          return result.chunks() == 0
              || out.take(take.id()).filter(TrackFile::isClosed).isPresent();
        });
    glanceNanos = System.nanoTime() - begun;
    return sent && open.isEmpty();
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
