package org.sonograph.signal.reading;

import java.util.Collections;
import java.util.Objects;
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
 *     ReadingParameters}
 */
public record ReadingRequest(
    Picture art,
    Inversion inversion,
    TrackPosition position,
    SortedMap<String, String> parameters) {

  /** Copies the parameters. */
  public ReadingRequest {
    Objects.requireNonNull(art, "art");
    Objects.requireNonNull(inversion, "inversion");
    Objects.requireNonNull(position, "position");
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }
}
