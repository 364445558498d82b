package org.sonograph.gallery.live;

/** What was heard in the last hour, played on while nothing else is there. Never waits. */
interface Memory {
  /** Nothing is remembered. */
  Memory NONE =
      new Memory() {
        @Override
        public long ahead() {
          return 0;
        }

        @Override
        public void read(float[][] out) {
          throw new IllegalStateException("nothing is remembered, expected ahead() to be asked");
        }
      };

  /** Frames that can be read at once. */
  long ahead();

  /** Fills a block and goes on; allowed while {@link #ahead()} is at least as long. */
  void read(float[][] out);
}
