package org.sonograph.gallery.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.signal.seam.Crossfade;
import org.sonograph.signal.seam.Seam;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.Sound;

/**
 * Reads a stream's memory from the oldest file to the newest and round again; a thread of its own
 * keeps some seconds ready, of however many files: a power cut leaves short ones. Where files do
 * not go on from each other they are crossfaded.
 */
final class MemoryReader implements Memory, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryReader.class);
  private static final double JOIN_SECONDS = 0.1;
  private static final int READY_SECONDS = 10;
  private static final long LOOK_MS = 100;
  private static final long PAUSE_MS = 5000;

  private final OutputGrid grid;
  private final MemoryFolder folder;
  private final Queue<float[][]> ready = new ConcurrentLinkedQueue<>();
  private final AtomicLong readyFrames = new AtomicLong();
  private final Thread reader;
  private float[][] current = new float[OutputGrid.CHANNELS][0];
  private int at;
  private Optional<Sound> tail = Optional.empty();

  MemoryReader(OutputGrid grid, MemoryFolder folder) {
    this.grid = grid;
    this.folder = folder;
    this.reader = Thread.ofVirtual().name("live-memory").start(this::fetch);
  }

  @Override
  public long ahead() {
    return current[0].length - at + readyFrames.get();
  }

  @Override
  public void read(float[][] out) {
    int filled = 0;
    while (filled < out[0].length) {
      if (at == current[0].length) {
        float[][] next = ready.poll();
        if (next == null) {
          throw new IllegalStateException("nothing is ready, expected ahead() to be asked");
        }
        readyFrames.addAndGet(-next[0].length);
        current = next;
        at = 0;
      }
      int count = Math.min(out[0].length - filled, current[0].length - at);
      for (int c = 0; c < out.length; c++) {
        System.arraycopy(current[c], at, out[c], filled, count);
      }
      at += count;
      filled += count;
    }
  }

  private void fetch() {
    String last = "";
    try {
      while (true) {
        while (readyFrames.get() >= grid.frames(READY_SECONDS)) {
          Thread.sleep(LOOK_MS);
        }
        Optional<MemoryFolder.Piece> piece = after(last);
        if (piece.isEmpty()) {
          Thread.sleep(PAUSE_MS);
          last = "";
          continue;
        }
        boolean goesOn = piece.get().goesOn() && !last.isEmpty();
        last = piece.get().file().getFileName().toString();
        Optional<Sound> sound = folder.read(piece.get());
        if (sound.isPresent()) {
          float[][] joined = joined(sound.get(), goesOn);
          if (joined[0].length > 0) {
            ready.add(joined);
            readyFrames.addAndGet(joined[0].length);
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("nothing more is remembered");
    } catch (RuntimeException e) {
      LOG.warn("what was kept of a stream cannot be heard: {}", e.getMessage());
    }
  }

  private Optional<MemoryFolder.Piece> after(String name) {
    try {
      List<MemoryFolder.Piece> pieces = new ArrayList<>(folder.pieces());
      Optional<MemoryFolder.Piece> next =
          pieces.stream()
              .filter(p -> p.file().getFileName().toString().compareTo(name) > 0)
              .findFirst();
      return next.or(
          () -> pieces.stream().findFirst().map(p -> new MemoryFolder.Piece(p.file(), false)));
    } catch (IOException e) {
      LOG.warn("what was kept of a stream cannot be listed: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** What was held back of the last file and this one, but for its own end. */
  private float[][] joined(Sound file, boolean goesOn) {
    Sound sound = Resampler.resample(file, grid.rateHz());
    int join = Math.min(grid.frames(JOIN_SECONDS), sound.length() / 3);
    if (sound.channelCount() != OutputGrid.CHANNELS || join == 0) {
      return new float[OutputGrid.CHANNELS][0];
    }
    Sound body = sound.slice(0, sound.length() - join);
    Optional<Sound> before = tail;
    tail = Optional.of(sound.slice(sound.length() - join, join));
    if (before.isEmpty()) {
      return body.channels();
    }
    if (goesOn) {
      return before.get().then(body).channels();
    }
    int overlap = Math.min(join, before.get().length());
    Sound end = before.get().slice(before.get().length() - overlap, overlap);
    Sound seam = Crossfade.join(new Seam(end, body.slice(0, overlap), overlap));
    Sound kept = before.get().slice(0, before.get().length() - overlap);
    Sound rest = body.slice(overlap, body.length() - overlap);
    return kept.then(seam).then(rest).channels();
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
