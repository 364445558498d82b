package org.sonograph.signal.reading;

import java.util.List;
import java.util.Optional;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Colour;

/** Which channels of a picture make left and right in the readings that go through magnitudes. */
public final class TapeMix {
  private TapeMix() {}

  /**
   * The mixes of left and right of a reading, by its name; none where it is not made from
   * magnitudes, so that its seams are crossfaded only. {@code inverse} undoes the colours that the
   * picture was drawn in.
   */
  public static Optional<List<ChannelMix>> of(String reading, Colour drawn) {
    return switch (reading) {
      case "red" -> centred(ChannelMix.RED);
      case "green" -> centred(ChannelMix.GREEN);
      case "blue" -> centred(ChannelMix.BLUE);
      case "rgb-mean" -> Optional.of(List.of(ChannelMix.LEFT, ChannelMix.RIGHT));
      case "inverse" -> Optional.of(List.of(drawn.left(), drawn.right()));
      default -> Optional.empty();
    };
  }

  /** Whether a sound has phases that are better left as they are at its seams: the source's. */
  public static boolean isCrossfadedOnly(ReadingRequest request, String reading) {
    return of(reading, request.inversion().colour()).isEmpty()
        || reading.equals("inverse") && TapeInverse.phase(request).equals("source");
  }

  private static Optional<List<ChannelMix>> centred(ChannelMix mix) {
    return Optional.of(List.of(mix, mix));
  }
}
