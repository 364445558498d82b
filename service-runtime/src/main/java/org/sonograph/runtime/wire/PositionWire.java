package org.sonograph.runtime.wire;

import org.sonograph.schemas.Place;
import org.sonograph.signal.reading.TrackPosition;

/** Where a picture lies in its track, as a message and as a value. */
public final class PositionWire {

  private PositionWire() {}

  /**
   * The value of a message.
   *
   * @throws IllegalArgumentException if the place lies outside any track
   */
  public static TrackPosition fromAvro(Place place) {
    return new TrackPosition(
        place.getTake(), place.getStartSample(), place.getLengthSamples(), place.getSampleRateHz());
  }

  /** The same place, its start, length and rate being those of {@code position}. */
  public static Place toAvro(TrackPosition position, Place place) {
    return Place.newBuilder(place)
        .setTake(position.take())
        .setStartSample(position.startSample())
        .setLengthSamples(position.lengthSamples())
        .setSampleRateHz(position.sampleRateHz())
        .build();
  }
}
