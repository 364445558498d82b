package org.sonograph.launcher.care;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.launcher.watch.SoundReader;
import org.sonograph.runtime.SetAside;

/** Looks at a running instance every few seconds, sends what should be known, and keeps the day. */
public final class Caretaker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Caretaker.class);
  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final int LOOKS_A_WRITE = 12;
  private static final String FILE = "day.properties";
  private static final String TITLE = "Sonograph";

  private final Path data;
  private final SoundReader reader;
  private final Happenings happenings;
  private final Optional<Messenger> messenger;
  private final Day day;
  private final Thread thread;

  /**
   * What somebody wants to know.
   *
   * @param address where messages are posted; none = nowhere
   * @param after time that sound is lost before that is told
   */
  public record Wish(Optional<URI> address, Duration after) {}

  private Caretaker(Path data, SoundReader reader, Wish wish) {
    this.data = data;
    this.reader = reader;
    this.happenings = new Happenings(wish.after(), ZoneId.systemDefault());
    this.messenger = wish.address().map(address -> new Messenger(address, TITLE));
    this.day = new Day(data.resolve(FILE), ZoneId.systemDefault(), System.currentTimeMillis());
    this.thread = Thread.ofPlatform().name("caretaker").daemon().unstarted(this::run);
  }

  /**
   * Looks after an instance until it is closed.
   *
   * @param data its data folder
   * @param reader asks the instance
   */
  public static Caretaker of(Path data, SoundReader reader, Wish wish) {
    Caretaker caretaker = new Caretaker(data, reader, wish);
    caretaker.thread.start();
    return caretaker;
  }

  private void run() {
    try {
      for (long looks = 0; true; looks++) {
        look();
        if (looks % LOOKS_A_WRITE == 0) {
          write();
        }
        Thread.sleep(BETWEEN);
      }
    } catch (InterruptedException e) {
      LOG.debug("nobody looks any more");
    }
    write();
  }

  private void look() throws InterruptedException {
    try {
      FileStore store = Files.getFileStore(data);
      Look look =
          new Look(
              System.currentTimeMillis(),
              streams(),
              sources(),
              SetAside.ofProcess().stream().map(SetAside.Entry::text).toList(),
              new Look.Disk(store.getUsableSpace(), store.getTotalSpace()));
      for (Happenings.Message message : happenings.since(look)) {
        tell(message, look.timeMs());
      }
      Optional<String> line = day.add(look, memoryBytes());
      if (line.isPresent()) {
        tell(new Happenings.Message("day", line.get()), look.timeMs());
      }
      if (messenger.isPresent()) {
        messenger.get().send(look.timeMs());
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the instance could not be looked at: {}", e.toString());
    }
  }

  private void tell(Happenings.Message message, long timeMs) {
    LOG.info("{}", message.text());
    messenger.ifPresent(m -> m.add(message, timeMs));
  }

  private JsonNode streams() throws InterruptedException {
    try {
      return reader.streams();
    } catch (IOException e) {
      return JsonNodeFactory.instance.arrayNode();
    }
  }

  private JsonNode sources() throws InterruptedException {
    try {
      return reader.sources();
    } catch (IOException e) {
      return JsonNodeFactory.instance.arrayNode();
    }
  }

  /** Resident memory of this process and all it has started; 0 where the system does not tell. */
  private static long memoryBytes() {
    ProcessHandle own = ProcessHandle.current();
    return Stream.concat(Stream.of(own), own.descendants())
        .mapToLong(process -> resident(process.pid()))
        .sum();
  }

  private static long resident(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException | RuntimeException e) {
      return 0;
    }
  }

  private void write() {
    try {
      day.write();
    } catch (IOException e) {
      LOG.warn("the day's account is not kept: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    messenger.ifPresent(Messenger::close);
    reader.close();
  }
}
