package org.sonograph.launcher.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.sonograph.runtime.PipelineCounts;
import org.sonograph.runtime.PipelineLag;
import org.sonograph.runtime.PipelineMembers;
import org.sonograph.schemas.RegistryClient;

/** Looks at the pipeline again and again. Belongs to one thread. */
public final class PipelineWatch {
  private static final Duration RECENT = Duration.ofMinutes(10);

  private final Admin admin;
  private final NewsReader news;
  private final ChunkLength length;

  /**
   * A watch.
   *
   * @param consumer without a group, of committed records; used by this alone
   */
  public PipelineWatch(Admin admin, Consumer<byte[], byte[]> consumer, RegistryClient registry) {
    this.admin = admin;
    this.news = new NewsReader(consumer, registry);
    this.length = new ChunkLength(consumer);
  }

  /** How things are now. */
  public PipelineState read() {
    long now = System.currentTimeMillis();
    Map<String, Set<String>> processes = PipelineMembers.read(admin);
    List<PipelineState.Stage> stages = new ArrayList<>();
    for (PipelineLag.StageLag lag : PipelineLag.read(admin)) {
      stages.add(
          new PipelineState.Stage(
              lag.stage(), lag.records(), processes.getOrDefault(lag.stage(), Set.of())));
    }
    PipelineCounts counts = PipelineCounts.read(admin, now - RECENT.toMillis());
    return new PipelineState(now, stages, counts, length.seconds(now), news.read(now));
  }
}
