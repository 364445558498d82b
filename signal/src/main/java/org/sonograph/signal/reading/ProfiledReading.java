package org.sonograph.signal.reading;

import java.util.Map;
import java.util.TreeSet;

/** A reading that is done in a way of its own in each profile. */
abstract sealed class ProfiledReading implements Reading
    permits RedReading, GreenReading, BlueReading, RgbMeanReading, ChirpReading {

  private final String name;
  private final String summary;
  private final Map<String, ProfileReading> byProfile;

  ProfiledReading(String name, String summary, ProfileReading notebook, ProfileReading tape) {
    this.name = name;
    this.summary = summary;
    this.byProfile = Map.of("notebook", notebook, "tape", tape);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final ReadingOutput read(ReadingRequest request) {
    String profile = request.inversion().profile();
    ProfileReading reading = byProfile.get(profile);
    if (reading == null) {
      throw new IllegalArgumentException(
          "profile=%s, expected one of %s (reading=%s take=%s)"
              .formatted(
                  profile, new TreeSet<>(byProfile.keySet()), name, request.position().take()));
    }
    return reading.read(request);
  }
}
