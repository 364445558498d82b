package org.sonograph.runtime.meters;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who carries meters: the services of the pipeline in its order, and the canary. */
public enum Carrier {
  INGEST("ingest-service"),
  SPECTROGRAM("spectrogram-service"),
  DIFFUSION("diffusion-worker"),
  DECODER("decoder-service"),
  GALLERY("gallery-service"),
  CANARY("canary");

  /** Everybody. */
  static final Set<Carrier> ALL = EnumSet.allOf(Carrier.class);

  /** What reads from topics. */
  static final List<Carrier> STAGES = List.of(SPECTROGRAM, DIFFUSION, DECODER, GALLERY);

  private final String text;

  Carrier(String text) {
    this.text = text;
  }

  /** Name of the service, as in labels, folders and health reports. */
  public String text() {
    return text;
  }

  /** The one of that name. */
  public static Optional<Carrier> named(String name) {
    return Arrays.stream(values()).filter(c -> c.text.equals(name)).findFirst();
  }
}
