package org.sonograph.runtime;

import java.util.List;
import java.util.Set;
import org.sonograph.schemas.Topics;

/** Who reads which topic of the pipeline, in its order. */
final class Stages {
  /** How a stage keeps its place. */
  enum Kind {
    OFFSETS,
    SHARE
  }

  /**
   * A stage.
   *
   * @param name name of its service
   * @param group group under which it keeps its place
   * @param reads topics of the catalogue it reads
   */
  record Stage(String name, String group, Kind kind, Set<String> reads) {
    /** The topic that brings it the sound, or what the sound has become. */
    String main() {
      String last = Topics.AUDIO_OUTPUTS.name();
      return reads.contains(last) ? last : reads.iterator().next();
    }
  }

  /** Topics whose writers use no transactions; all others are written by streams. */
  static final Set<String> WRITTEN_PLAINLY =
      Set.of(Topics.AUDIO_CHUNKS.name(), Topics.DIFFUSED_IMAGES.name());

  static final List<Stage> ALL =
      List.of(
          new Stage(
              "spectrogram-service",
              Groups.SPECTROGRAM,
              Kind.OFFSETS,
              Set.of(Topics.AUDIO_CHUNKS.name())),
          new Stage(
              "diffusion-worker",
              Groups.DIFFUSION,
              Kind.SHARE,
              Set.of(Topics.SPECTROGRAM_IMAGES.name())),
          new Stage(
              "decoder-service",
              Groups.DECODER,
              Kind.OFFSETS,
              Set.of(Topics.DIFFUSED_IMAGES.name())),
          new Stage(
              "gallery-service",
              Groups.GALLERY,
              Kind.OFFSETS,
              Set.of(
                  Topics.SPECTROGRAM_IMAGES.name(),
                  Topics.DIFFUSED_IMAGES.name(),
                  Topics.AUDIO_OUTPUTS.name())));

  private Stages() {}
}
