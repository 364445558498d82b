package org.sonograph.launcher.job;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceEntry;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.SourceFiles;
import org.sonograph.ingest.source.Spool;
import org.sonograph.launcher.facts.SourceFacts;
import org.sonograph.launcher.s3.ObjectUrl;
import org.sonograph.launcher.s3.RemoteSources;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/**
 * The inputs of a command, looked at before anything starts.
 *
 * @param entries every file behind them, in order
 * @param remarks lines about what was left out on purpose
 */
public record SourceLook(List<Entry> entries, List<String> remarks) {
  private static final long SPOOL_MAX_BYTES = 64L << 30;
  private static final int AT_ONCE = 2;

  /**
   * One file.
   *
   * @param input which of the inputs it is behind, from 0
   * @param given its path as it was given, or below what was given
   * @param file the file, where one was found
   * @param source the sound, where it is one
   * @param problem why it is none, a line which begins with its name; or ""
   */
  public record Entry(
      int input,
      String given,
      Optional<SourceFile> file,
      Optional<IdentifiedSource> source,
      String problem) {
    private static Entry of(int input, IdentifiedSource source) {
      SourceFile file = source.source();
      return new Entry(input, file.givenPath(), Optional.of(file), Optional.of(source), "");
    }

    private static Entry bad(File file, String problem) {
      SourceFile source = file.source();
      return new Entry(
          file.input(), source.givenPath(), Optional.of(source), Optional.empty(), problem);
    }

    private static Entry none(int input, String given, String problem) {
      return new Entry(input, given, Optional.empty(), Optional.empty(), problem);
    }
  }

  public SourceLook {
    entries = List.copyOf(entries);
    remarks = List.copyOf(remarks);
  }

  /** Those that are sound. */
  public List<IdentifiedSource> sources() {
    return entries.stream().flatMap(e -> e.source().stream()).toList();
  }

  /** A line for each that is not. */
  public List<String> problems() {
    return entries.stream().map(Entry::problem).filter(p -> !p.isEmpty()).toList();
  }

  /** Where streams go that must be files. */
  public static Path spoolFolder(Path data) {
    return data.resolve("spool");
  }

  /** Looks at every file behind the inputs. */
  public static SourceLook at(
      List<String> inputs, InputStream standardInput, Path data, FFmpeg ffmpeg)
      throws InterruptedException {
    return of(
        Files.behind(inputs, standardInput, data, RemoteSources.NONE),
        Sample.ALL,
        ffmpeg,
        Aids.NONE);
  }

  /** What is behind the inputs, before anything is read. */
  public record Files(List<File> files, List<Entry> problems, List<String> remarks) {
    /** Finds it. */
    public static Files behind(
        List<String> inputs, InputStream standardInput, Path data, RemoteSources remote)
        throws InterruptedException {
      SourceFiles sources = new SourceFiles(new Spool(spoolFolder(data), SPOOL_MAX_BYTES));
      Files found = new Files(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < inputs.size(); i++) {
        String input = inputs.get(i);
        for (SourceEntry entry :
            ObjectUrl.isOne(input)
                ? remote.expand(input)
                : sources.expand(List.of(input), standardInput)) {
          switch (entry) {
            case SourceEntry.Found file -> found.files().add(new File(i, file.source()));
            case SourceEntry.Problem problem ->
                found.problems().add(Entry.none(i, problem.given(), problem.message()));
            case SourceEntry.Skipped skipped ->
                found
                    .remarks()
                    .add(
                        "%s: %d files that are no sound left out"
                            .formatted(skipped.folder(), skipped.files()));
          }
        }
      }
      return found;
    }
  }

  /**
   * A file to look at.
   *
   * @param input which of the inputs it is behind, from 0
   */
  public record File(int input, SourceFile source) {}

  /** What is known before, and who hears how far it is. */
  public record Aids(RemoteSources remote, Optional<SourceFacts> facts, LongConsumer looked) {
    private static final Aids NONE = new Aids(RemoteSources.NONE, Optional.empty(), n -> {});
  }

  /** Looks at some of the files, or at all; those that are known by their stamp are not read. */
  public static SourceLook of(Files files, Sample sample, FFmpeg ffmpeg, Aids aids)
      throws InterruptedException {
    List<Entry> entries = new ArrayList<>(files.problems());
    AtomicLong looked = new AtomicLong();
    try (ExecutorService probes = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Callable<Entry>> looks = new ArrayList<>();
      for (File file : sample.of(files.files(), f -> f.source().givenPath())) {
        looks.add(
            () -> {
              Entry entry = identify(ffmpeg, aids, file);
              aids.looked().accept(looked.incrementAndGet());
              return entry;
            });
      }
      for (Future<Entry> one : probes.invokeAll(looks)) {
        entries.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
    entries.sort(Comparator.comparingInt(Entry::input));
    return new SourceLook(entries, files.remarks());
  }

  private static Entry identify(FFmpeg ffmpeg, Aids aids, File file) throws InterruptedException {
    int input = file.input();
    SourceFile source = file.source();
    try {
      return Entry.of(
          input,
          aids.remote().has(source)
              ? aids.remote().identify(source, ffmpeg)
              : local(ffmpeg, aids.facts(), source));
    } catch (UnreadableSoundException e) {
      return Entry.bad(file, source.shown() + " " + e.getMessage());
    } catch (IOException e) {
      return Entry.bad(file, source.shown() + " cannot be read: " + e.getMessage());
    }
  }

  private static IdentifiedSource local(
      FFmpeg ffmpeg, Optional<SourceFacts> facts, SourceFile source) throws IOException {
    IdentifiedSource.Stamp stamp = IdentifiedSource.Stamp.of(source.file());
    Optional<SourceFacts.Key> key = facts.flatMap(f -> SourceFacts.Key.of(source.file(), stamp));
    if (key.isEmpty()) {
      return IdentifiedSource.look(source, ffmpeg);
    }
    Optional<IdentifiedSource> known = facts.get().of(key.get(), source, stamp);
    if (known.isPresent()) {
      return known.get();
    }
    IdentifiedSource found = IdentifiedSource.look(source, ffmpeg);
    if (found.stamp().equals(stamp)) {
      facts.get().keep(key.get(), found);
    }
    return found;
  }
}
