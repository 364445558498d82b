package org.sonograph.gallery.page;

/** Is told what the collector does, on the collector's thread: it must not block. */
@FunctionalInterface
public interface Watcher {
  /** Takes a piece of news in. */
  void tell(News news);
}
