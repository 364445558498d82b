package org.sonograph.runtime.meters;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sonograph.schemas.Topics;

/** The labels that meters have. */
final class Labels {
  /** Codes of failures that travel with a chunk, from the stage that gave up to its silence. */
  private static final List<String> TRAVELLING =
      List.of(
          "unreadable",
          "undrawable",
          "missing-chunk",
          "too-long",
          "overdue",
          "delivery-limit",
          "too-large",
          "bad-request",
          "no-model",
          "device",
          "memory",
          "too-late",
          "not-repaired");

  static final Label STAGE =
      Label.of(
          "stage",
          Stream.of(Carrier.values()).filter(c -> c != Carrier.CANARY).map(Carrier::text).toList());

  static final Label READER =
      Label.of("stage", Carrier.STAGES.stream().map(Carrier::text).toList());

  /** As it stands in a dead letter. */
  static final Label GAVE_UP =
      Label.of(
          "stage",
          Stream.concat(Carrier.STAGES.stream().map(Carrier::text), Stream.of(Label.OTHER))
              .toList());

  static final Label PART =
      Label.of(
          "part",
          Stream.concat(
                  Stream.of(Carrier.values()).map(Carrier::text),
                  Stream.of(Parts.BROKER_AND_REGISTRY, Label.OTHER))
              .toList());

  /** Whose disk: the assembler's and notebook's stores, uploads, finished takes, the broker. */
  static final Label FOLDER =
      Label.of(
          "folder",
          List.of(DiskMeters.STATE, DiskMeters.UPLOADS, DiskMeters.OUT, DiskMeters.BROKER));

  static final Label TOPIC =
      Label.of(
          "topic",
          Stream.concat(Topics.all().stream().map(t -> t.name()), Stream.of(Label.OTHER)).toList());

  static final Label DEAD_LETTER_CODE =
      Label.of(
          "code",
          List.of(
              "unreadable",
              "processing",
              "too-large",
              "unwritable",
              "delivery-limit",
              "bad-request",
              "no-model",
              "device",
              "memory",
              "bad-record",
              "not-collected",
              Label.OTHER));

  static final Label FILE_OUTCOME =
      Label.of("outcome", List.of("sent", "already_sent", "incomplete", "too_short", "refused"));

  static final Label DRAWN = outcome("picture", "columns", "duplicate");

  static final Label PICTURE_OUTCOME =
      Label.of(
          "outcome",
          List.of(
              "painted",
              "skipped",
              "failed",
              "too-late",
              "passed",
              "dropped",
              "released",
              "given-up"));

  static final Label DECODED = outcome("sound", "undecodable");

  static final Label TERMINAL =
      outcome("sound", "undecodable", "unjoinable", "misfit", "abandoned");

  static final Label TAKE_OUTCOME = Label.of("outcome", List.of("complete", "failed", "abandoned"));

  static final Label TOO_MUCH = Label.of("reason", List.of("age", "size"));

  static final Label COLLECTED =
      Label.of(
          "topic",
          Stream.of(Topics.SPECTROGRAM_IMAGES, Topics.DIFFUSED_IMAGES, Topics.AUDIO_OUTPUTS)
              .map(t -> t.name())
              .toList());

  static final Label MODEL = Label.named("model");

  static final Label STREAM = Label.named("stream");

  static final Label DIRECTION = Label.of("direction", List.of("down", "up"));

  /** What a stream is heard from, from the best to the worst. */
  static final Label HEARD =
      Label.of("from", List.of("live", "stand-in", "repeat", "memory", "silence"));

  static final Label PROVIDER =
      Label.of("provider", List.of("cpu", "cuda", "tensorrt", "coreml", "directml", Label.OTHER));

  static final Label ASKED = Label.of("asked", List.copyOf(PROVIDER.values()));

  static final Label ROUND =
      Label.of("outcome", List.of("success", "unreachable", "refused", "late", "wrong"));

  private Labels() {}

  private static Label outcome(String... own) {
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(TRAVELLING);
    all.add(Label.OTHER);
    return Label.of("outcome", all);
  }
}
