package org.sonograph.signal.reading;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A reading that is done in a way of its own in each profile. */
abstract sealed class ProfiledReading implements Reading
    permits RedReading, GreenReading, BlueReading, RgbMeanReading, ChirpReading, InverseReading {

  private final String name;
  private final String summary;
  private final List<Parameter> parameters;
  private final Map<String, ProfileReading> byProfile;

  ProfiledReading(
      String name,
      String summary,
      List<Parameter> parameters,
      ProfileReading notebook,
      ProfileReading tape) {
    this.name = name;
    this.summary = summary;
    this.parameters = List.copyOf(parameters);
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
  public final List<Parameter> parameters() {
    return parameters;
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
