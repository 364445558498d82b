package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sonograph.ingest.IngestResult;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.launcher.embedded.TornData;
import org.sonograph.launcher.job.Job;
import org.sonograph.launcher.job.JobControl;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** A chain that makes some takes and ends with them. */
final class OwnChain {
  private static final long AHEAD = 200;

  private final Path out;
  private final Path data;
  private final WorkerOptions worker;

  /**
   * A chain that is not started yet.
   *
   * @param out where takes go
   * @param data where broker and services keep theirs
   */
  OwnChain(Path out, Path data, WorkerOptions worker) {
    this.out = out;
    this.data = data;
    this.worker = worker;
  }

  /** What to start for takes that one model paints. */
  Embedded.Plan plan(String model) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("sonograph.gallery.out", out.toAbsolutePath().toString());
    settings.put("sonograph.gallery.page", "false");
    settings.put("sonograph.diffusion.model", model);
    settings.put("sonograph.diffusion.models", BundledModels.folder().toString());
    worker.addTo(settings);
    // After a crash the same member comes back at once, instead of waiting for its ghost to be
    // given up.
    settings.put("sonograph.kafka.instance-id", "run");
    // Nobody listens while a job runs: however slow the model, a picture is waited for.
    settings.put("sonograph.decoder.patience", "30d");
    settings.put("sonograph.decoder.idle", "60d");
    settings.put("sonograph.gallery.idle-seconds", Long.toString(Duration.ofDays(60).toSeconds()));
    return new Embedded.Plan(
        data,
        worker.ports(),
        LogSegments.PASSING,
        settings,
        Chain.withoutIngest(),
        TornData.Then.REFUSE);
  }

  /**
   * Makes takes that one model paints; what was sent of each.
   *
   * @param words what the user is told when the process is told to end
   */
  Map<String, IngestResult> make(
      List<PlannedTake> takes, FFmpeg ffmpeg, Terminal terminal, String words) throws Exception {
    String model = takes.getFirst().order().interpretation().getDiffusion().getModel();
    try (Stopping stopping = new Stopping(terminal, words, () -> {})) {
      Embedded chain = Embedded.start(plan(model), terminal::complain);
      stopping.closeFirst(chain);
      JobControl control = new JobControl(data, Optional.empty(), System::nanoTime);
      return new Job(terminal, new OutFolder(out), takes, AHEAD, control)
          .run(chain, ffmpeg, RemoteSources.NONE);
    }
  }
}
