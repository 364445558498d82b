package org.sonograph.launcher.watch;

import java.util.List;
import java.util.Set;
import org.sonograph.runtime.PipelineCounts;

/** States of a pipeline as tests need them: all is well but for what a test changes. */
final class States {
  static final long NOW = 1_800_000_000_000L; // 2027-01-15 08:00 UTC
  static final PipelineState.News CALM = new PipelineState.News(1, 4, 0, 0, "");

  private States() {}

  static PipelineCounts counts(long painted, PipelineCounts.Recent recent, long newestChunkMs) {
    return new PipelineCounts(100, 90, painted, painted, recent, newestChunkMs);
  }

  /** 60 pictures in the last minute. */
  static PipelineCounts busy() {
    return counts(60, new PipelineCounts.Recent(60, NOW - 60_000, NOW - 1_000), NOW - 5_000);
  }

  static PipelineState of(PipelineCounts counts, PipelineState.Stage diffusion) {
    return of(NOW, counts, diffusion, CALM);
  }

  static PipelineState of(
      long now, PipelineCounts counts, PipelineState.Stage diffusion, PipelineState.News news) {
    return new PipelineState(
        now,
        List.of(
            new PipelineState.Stage(PipelineState.SPECTROGRAM, 0, Set.of("app")),
            diffusion,
            new PipelineState.Stage(PipelineState.DECODER, 0, Set.of("app")),
            new PipelineState.Stage(PipelineState.GALLERY, 0, Set.of("app"))),
        counts,
        4,
        news);
  }

  static PipelineState.Stage diffusion(long waiting, String... workers) {
    return new PipelineState.Stage(PipelineState.DIFFUSION, waiting, Set.of(workers));
  }
}
