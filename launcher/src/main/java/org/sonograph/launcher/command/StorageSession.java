package org.sonograph.launcher.command;

import java.util.Optional;
import org.sonograph.launcher.s3.ObjectStore;
import org.sonograph.launcher.s3.RemoteSources;

/** The storage of one run, while it lasts. */
final class StorageSession implements AutoCloseable {
  /** A run that needs none. */
  static final StorageSession NONE = new StorageSession(Optional.empty(), RemoteSources.NONE);

  private final Optional<ObjectStore> store;
  private final RemoteSources sources;
  private Optional<TakeCopies> copies = Optional.empty();

  StorageSession(Optional<ObjectStore> store, RemoteSources sources) {
    this.store = store;
    this.sources = sources;
  }

  Optional<ObjectStore> store() {
    return store;
  }

  /** Sounds that lie there. */
  RemoteSources sources() {
    return sources;
  }

  /** Copies on their way. */
  Optional<TakeCopies> copies() {
    return copies;
  }

  void begin(TakeCopies begun) {
    copies = Optional.of(begun);
  }

  @Override
  public void close() {
    copies.ifPresent(TakeCopies::close);
    store.ifPresent(ObjectStore::close);
  }
}
