package org.sonograph.gallery.page;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.report.TakeTree;

/**
 * All takes of the gallery in memory, about 1 KB each, newest first: read once at the start, then
 * kept up by the collector's news. One thread of its own reads folders and looks at finished art.
 */
final class Shelf implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
  private static final Comparator<Entry> NEWEST_FIRST =
      Comparator.comparingLong(Entry::madeMs).reversed().thenComparing(Entry::take);

  private final Path out;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().name("gallery-shelf").daemon().factory());
  private volatile List<Entry> sorted = List.of();
  private volatile boolean isStale;
  private volatile boolean isRead;

  /**
   * What is looked for.
   *
   * @param words each has to be in the take's name, title, artist, prompt or folder
   * @param colour name of a colour, "" = any
   * @param starred only what is starred
   * @param state state of the take, "" = any
   */
  record Query(List<String> words, String colour, boolean starred, String state) {
    static Query of(String text, String colour, boolean starred, String state) {
      List<String> words =
          Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+")).filter(w -> !w.isEmpty()).toList();
      return new Query(words, colour, starred, state);
    }

    boolean fits(Entry entry) {
      return (colour.isEmpty() || entry.mark().colour().equals(colour))
          && (!starred || entry.mark().starred())
          && (state.isEmpty() || entry.state().equals(state))
          && words.stream().allMatch(entry.text()::contains);
    }
  }

  private Shelf(Path out) {
    this.out = out;
  }

  /** Begins to read a gallery. */
  static Shelf open(Path out) {
    Shelf shelf = new Shelf(out);
    shelf.reader.execute(shelf::readAll);
    return shelf;
  }

  /** Whether all that was there at the start has been read. */
  boolean isRead() {
    return isRead;
  }

  /** The take of that id. */
  Optional<Entry> of(String take) {
    return Optional.ofNullable(entries.get(take));
  }

  /** Where a take lies in the gallery, its folders between slashes. */
  String place(Entry entry) {
    return out.relativize(entry.folder()).toString().replace('\\', '/');
  }

  /** Takes that fit, newest first. */
  List<Entry> find(Query query) {
    return sorted().stream().filter(query::fits).toList();
  }

  /** Takes of one source, newest first. */
  List<Entry> ofSource(String sourceId) {
    return sourceId.isEmpty()
        ? List.of()
        : sorted().stream().filter(e -> e.sourceId().equals(sourceId)).toList();
  }

  /** All takes, in no order. */
  Collection<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** Takes that are being made. */
  Collection<Entry> beingMade() {
    return entries.values().stream().filter(Entry::isBeingMade).toList();
  }

  /** Stars a take, or takes the star away. */
  Optional<Entry> star(String take, boolean on) throws IOException {
    Entry known = entries.get(take);
    if (known == null) {
      return Optional.empty();
    }
    synchronized (this) {
      Entry starred = known.with(Mark.read(known.folder()).star(on).write(known.folder()));
      put(starred);
      return Optional.of(starred);
    }
  }

  @Override
  public void tell(News news) {
    switch (news) {
      case News.Changed changed -> later(() -> read(changed.folder()));
      case News.Deleted deleted -> {
        entries.remove(deleted.take());
        isStale = true;
      }
      default -> {}
    }
  }

  private void later(Runnable work) {
    try {
      reader.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("the shelf is closed: {}", e.getMessage());
    }
  }

  private List<Entry> sorted() {
    if (isStale) {
      isStale = false;
      sorted = entries.values().stream().sorted(NEWEST_FIRST).toList();
    }
    return sorted;
  }

  private void put(Entry entry) {
    entries.put(entry.take(), entry);
    isStale = true;
  }

  private void readAll() {
    try {
      new TakeTree(out).takes().forEach(this::read);
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", out, e.getMessage());
    }
    isRead = true;
  }

  private void read(Path folder) {
    try {
      Entry entry;
      synchronized (this) {
        entry = Entry.read(out, folder);
        put(entry);
      }
      if (!entry.isBeingMade() && !entry.mark().isColoured()) {
        later(() -> colour(entry.take()));
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be shown: {}", folder, e.getMessage());
    }
  }

  private void colour(String take) {
    Entry entry = entries.get(take);
    if (entry == null) {
      return;
    }
    try {
      Mark seen = Mark.NONE.colour(entry.folder());
      synchronized (this) {
        put(entry.with(seen.star(Mark.read(entry.folder()).starred()).write(entry.folder())));
      }
    } catch (IOException e) {
      LOG.debug("{} gets no colour: {}", entry.folder(), e.getMessage());
    }
  }

  @Override
  public void close() {
    reader.shutdownNow();
  }
}
