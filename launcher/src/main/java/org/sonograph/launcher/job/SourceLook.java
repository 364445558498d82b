package org.sonograph.launcher.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceEntry;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.SourceFiles;
import org.sonograph.ingest.source.Spool;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/**
 * The inputs of a command, looked at before anything starts.
 *
 * @param sources those that are sound, in their order
 * @param problems a line for each that is not, which begins with its name
 * @param remarks lines about what was left out on purpose
 */
public record SourceLook(
    List<IdentifiedSource> sources, List<String> problems, List<String> remarks) {
  private static final long SPOOL_MAX_BYTES = 64L << 30;
  private static final int AT_ONCE = 2;

  /** Where streams go that must be files. */
  public static Path spoolFolder(Path data) {
    return data.resolve("spool");
  }

  /** Looks at every file behind the inputs. */
  public static SourceLook at(
      List<String> inputs, InputStream standardInput, Path data, FFmpeg ffmpeg)
      throws InterruptedException {
    Spool spool = new Spool(spoolFolder(data), SPOOL_MAX_BYTES);
    SourceLook look = new SourceLook(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Future<IdentifiedSource>> found = new ArrayList<>();
    try (ExecutorService probes = Executors.newFixedThreadPool(AT_ONCE)) {
      for (SourceEntry entry : new SourceFiles(spool).expand(inputs, standardInput)) {
        switch (entry) {
          case SourceEntry.Found file ->
              found.add(probes.submit(() -> identify(ffmpeg, file.source())));
          case SourceEntry.Problem problem -> look.problems().add(problem.message());
          case SourceEntry.Skipped skipped ->
              look.remarks()
                  .add(
                      "%s: %d files that are no sound left out"
                          .formatted(skipped.folder(), skipped.files()));
        }
      }
      for (Future<IdentifiedSource> one : found) {
        look.add(one);
      }
    }
    return look;
  }

  private void add(Future<IdentifiedSource> one) throws InterruptedException {
    try {
      sources.add(one.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnreadableSoundException unreadable) {
        problems.add(unreadable.getMessage());
      } else {
        throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
      }
    }
  }

  private static IdentifiedSource identify(FFmpeg ffmpeg, SourceFile source)
      throws UnreadableSoundException {
    try {
      IdentifiedSource.Stamp stamp = IdentifiedSource.Stamp.of(source.file());
      return new IdentifiedSource(
          source, FileHash.of(source.file()), ffmpeg.probe(source.file()), stamp);
    } catch (UnreadableSoundException e) {
      throw new UnreadableSoundException(source.shown() + " " + e.getMessage());
    } catch (IOException e) {
      throw new UnreadableSoundException(source.shown() + " cannot be read: " + e.getMessage());
    }
  }
}
