package org.sonograph.signal.reading;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.Inversion;

/**
 * Everything a reading may look at.
 *
 * @param art the picture, one or three channels, row 0 on top
 * @param inversion how the picture came from sound, and so how its rows and levels are meant
 * @param position where the picture lies in its track
 * @param parameters what the user asked for, by name, e.g. {@code phase=zero}; see {@link
 *     Reading#parameters}
 * @param source the sound the picture was made from, where it is at hand; see {@link
 *     Reading#wantsSource}
 */
public record ReadingRequest(
    Picture art,
    Inversion inversion,
    TrackPosition position,
    SortedMap<String, String> parameters,
    Optional<SourceSound> source) {

  /** Copies the parameters. */
  public ReadingRequest {
    Objects.requireNonNull(art, "art");
    Objects.requireNonNull(inversion, "inversion");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(source, "source");
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** A request without the source's sound. */
  public ReadingRequest(
      Picture art,
      Inversion inversion,
      TrackPosition position,
      SortedMap<String, String> parameters) {
    this(art, inversion, position, parameters, Optional.empty());
  }

  /** The seed given, or one derived from the take's identity: the same on every machine. */
  long seed() {
    return new ReadingParameters(parameters).seed(position.take());
  }
}
