package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.facts.SourceFacts;
import org.sonograph.launcher.s3.BucketTakes;
import org.sonograph.launcher.s3.ObjectSources;
import org.sonograph.launcher.s3.ObjectStore;
import org.sonograph.launcher.s3.ObjectUrl;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.launcher.s3.TakeCopier;
import picocli.CommandLine.Option;

/** What {@code run} does with S3-compatible storage. */
final class StorageOptions {
  private static final String FETCHED = "objects";

  @Option(
      names = "--copy-to",
      paramLabel = "s3://BUCKET/PREFIX",
      description = {
        "Copy every complete take into S3-compatible storage, checked on arrival; what is there",
        "complete is neither made nor copied again. AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID,",
        "AWS_SECRET_ACCESS_KEY, AWS_REGION or AWS_PROFILE say which; INPUT may be s3://... as well."
      })
  Optional<String> copyTo = Optional.empty();

  @Option(
      names = "--drop-copied",
      description =
          "With --copy-to: keep of a copied take only track.json and copied.json on this disk.")
  boolean dropCopied;

  /** Whether OUT holds only what is not copied yet. */
  boolean isPassing() {
    return dropCopied;
  }

  /**
   * Opens what this run needs of the storage.
   *
   * @param data where fetched sounds lie
   * @param facts what is known of them
   */
  StorageSession open(Path data, JobInputs inputs, SourceFacts facts) throws IOException {
    Optional<ObjectUrl> to = copyTo.map(ObjectUrl::of);
    if (dropCopied && to.isEmpty()) {
      throw new IllegalArgumentException("--drop-copied needs --copy-to, which says where to");
    }
    if (to.isEmpty() && inputs.names().stream().noneMatch(ObjectUrl::isOne)) {
      return StorageSession.NONE;
    }
    ObjectStore store = ObjectStore.open(System.getenv());
    RemoteSources sources = new ObjectSources(store, data.resolve(FETCHED), facts, inputs.isList());
    return new StorageSession(Optional.of(store), sources);
  }

  /** Looks what the bucket holds, brings what OUT lacks of it, and begins to copy. */
  void begin(StorageSession session, Path out, Terminal terminal, boolean isDropping)
      throws InterruptedException {
    if (copyTo.isEmpty()) {
      return;
    }
    ObjectUrl to = ObjectUrl.of(copyTo.get());
    try {
      ObjectStore store = session.store().orElseThrow();
      BucketTakes there = new BucketTakes(store, to, out);
      int brought = there.bring();
      if (brought > 0) {
        terminal.say("%d takes are complete in %s".formatted(brought, to));
      }
      TakeCopier copier = new TakeCopier(store, there);
      session.begin(new TakeCopies(copier, out, terminal, dropCopied && isDropping));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.UNAVAILABLE, to + ": " + e.getMessage(), e);
    }
  }

  /** Copies the rest; whether all of it is there now. */
  boolean finish(StorageSession session, Iterable<TrackFile> tracks) throws InterruptedException {
    return session.copies().isEmpty() || session.copies().get().finish(tracks, dropCopied);
  }
}
