package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.function.Function;
import org.sonograph.diffusion.Diffuser;

/**
 * What a batch may be for the model at work, and so how many records this worker may take. Belongs
 * to the device's thread.
 */
final class Batches {
  private final Function<Diffuser, BatchSize> sizes;
  private final Places places;
  private final WorkerMeters meters;
  private Diffuser current;
  private BatchSize size;

  /**
   * Nothing is at work yet.
   *
   * @param sizes what is known of a model that comes to work
   */
  Batches(Function<Diffuser, BatchSize> sizes, Places places, WorkerMeters meters) {
    this.sizes = sizes;
    this.places = places;
    this.meters = meters;
  }

  /** Pictures a batch of this model may have. */
  int most(Diffuser diffuser) {
    if (diffuser != current) {
      current = diffuser;
      size = sizes.apply(diffuser);
      tell();
    }
    return size.size();
  }

  /** A batch of the model at work is done. */
  void ran(int pictures, Duration time) {
    meters.batch(pictures, time);
    if (size.ran(pictures, time)) {
      tell();
    }
  }

  /** The model at work has taken one step with a batch. */
  void stepped(Duration time) {
    meters.step(time);
  }

  /** Memory ran out under a batch of several. */
  void tooLarge(int pictures) {
    size.tooLarge(pictures);
    tell();
  }

  private void tell() {
    places.resize(size.size());
    meters.batchLimit(size.size());
  }
}
