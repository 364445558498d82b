package org.sonograph.runtime;

/** Names under which the stages keep their place on the broker. */
public final class Groups {
  /** Kafka Streams application of spectrogram-service. */
  public static final String SPECTROGRAM = "sonograph-spectrogram";

  /** Share group of the diffusion workers. */
  public static final String DIFFUSION = "sonograph-diffusion";

  /** Kafka Streams application of decoder-service. */
  public static final String DECODER = "sonograph-decoder";

  /** Consumer group of gallery-service's collector. */
  public static final String GALLERY = "sonograph-gallery";

  private Groups() {}
}
