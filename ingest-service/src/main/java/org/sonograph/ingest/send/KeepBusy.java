package org.sonograph.ingest.send;

import java.util.function.LongSupplier;

/**
 * As few pictures before the workers as keep all of them busy: what is sent without this restraint,
 * such as a live stream or what somebody made by hand, then finds a short queue. Several senders
 * that restrain themselves share what is left.
 *
 * <p>That is one picture for everyone who asks the broker for some (a worker asks for one to work
 * on, one in advance and one more), or what was painted in the last two seconds where that is more.
 * As many again may wait behind the workers, where decoding is what takes the time.
 */
public final class KeepBusy implements Restraint {
  private static final double SECONDS_AHEAD = 2;

  /** What the broker knows of the workers. */
  public interface Devices {
    /** How many ask for pictures. */
    long asking();

    /** Pictures painted since the beginning of time. */
    long painted();
  }

  private final Devices devices;
  private final long most;
  private final LongSupplier nanoTime;
  private long sinceNanos;
  private long since = -1;
  private double paintedInTime;

  /**
   * Restraint.
   *
   * @param most pictures under way at most, however fast the workers
   * @param nanoTime clock
   */
  public KeepBusy(Devices devices, long most, LongSupplier nanoTime) {
    this.devices = devices;
    this.most = most;
    this.nanoTime = nanoTime;
  }

  @Override
  public long room(PictureCount.Pictures there) {
    measure();
    long wanted = Math.clamp(Math.max(devices.asking(), Math.round(paintedInTime)), 1, most);
    long behind = Math.min(2 * wanted, most) - there.underWay();
    return Math.min(wanted - there.unpainted(), behind);
  }

  private void measure() {
    long now = nanoTime.getAsLong();
    double seconds = (now - sinceNanos) / 1e9;
    if (since >= 0 && seconds < SECONDS_AHEAD) {
      return;
    }
    long painted = devices.painted();
    if (since >= 0) {
      paintedInTime = (painted - since) / seconds * SECONDS_AHEAD;
    }
    since = painted;
    sinceNanos = now;
  }
}
