package org.sonograph.gallery.live;

/** Takes a stream's blocks as they are made; never waits. */
interface BlockSink extends AutoCloseable {
  /** The next block. */
  void block(LiveBlock block);

  @Override
  default void close() {}
}
