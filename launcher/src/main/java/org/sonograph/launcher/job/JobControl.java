package org.sonograph.launcher.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.sonograph.launcher.embedded.EmbeddedException;

/**
 * How a job that runs is told to rest, to go on or to end, by a word in a file of its data folder;
 * and when its time is up.
 */
public final class JobControl {
  /** Why no further take is begun. */
  public enum End {
    /** Its time is up, or would be before the next take is done. */
    BUDGET,
    /** It was told so. */
    CANCELLED
  }

  /** What a job can be told. */
  public enum Word {
    /** Sends nothing more; what is under way is finished. */
    PAUSE,
    /** Begins no further take; those begun are finished. */
    CANCEL
  }

  private static final String FILE = "control";

  private final Path data;
  private final Optional<Duration> budget;
  private final LongSupplier nanoTime;
  private final long begunNanos;
  private volatile long painted;
  private volatile OptionalDouble secondsAPicture = OptionalDouble.empty();
  private volatile Optional<End> end = Optional.empty();

  /**
   * Control of a job that begins now.
   *
   * @param data its data folder
   * @param budget how long it may take
   * @param nanoTime clock
   */
  public JobControl(Path data, Optional<Duration> budget, LongSupplier nanoTime) {
    this.data = data;
    this.budget = budget;
    this.nanoTime = nanoTime;
    this.begunNanos = nanoTime.getAsLong();
  }

  /** Tells the job in a data folder something; nothing takes back what it was told. */
  public static void tell(Path data, Optional<Word> word) {
    try {
      if (word.isPresent()) {
        Files.writeString(data.resolve(FILE), word.get().name());
      } else {
        Files.deleteIfExists(data.resolve(FILE));
      }
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + data.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  /** What the job in a data folder was told. */
  public static Optional<Word> told(Path data) {
    try {
      return Optional.of(Word.valueOf(Files.readString(data.resolve(FILE)).strip()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether nothing may be sent for now. */
  public boolean isPaused() {
    return told(data).filter(Word.PAUSE::equals).isPresent();
  }

  /**
   * So far the job has come.
   *
   * @param pictures painted since it began
   * @param pace seconds from one picture to the next, where that is known
   */
  void seen(long pictures, OptionalDouble pace) {
    painted = pictures;
    secondsAPicture = pace;
  }

  /**
   * Whether one more take may be begun.
   *
   * @param begun pictures of all takes begun so far and of this one
   */
  boolean mayBegin(long begun) {
    if (told(data).filter(Word.CANCEL::equals).isPresent()) {
      end = Optional.of(End.CANCELLED);
    } else if (budget.isPresent() && secondsNeeded(begun) > secondsLeft()) {
      end = Optional.of(End.BUDGET);
    }
    return end.isEmpty();
  }

  private double secondsNeeded(long begun) {
    return Math.max(0, begun - painted) * secondsAPicture.orElse(0);
  }

  private double secondsLeft() {
    return budget.orElseThrow().toNanos() / 1e9 - (nanoTime.getAsLong() - begunNanos) / 1e9;
  }

  /** Why it begins nothing more, if it does not. */
  public Optional<End> end() {
    return end;
  }
}
