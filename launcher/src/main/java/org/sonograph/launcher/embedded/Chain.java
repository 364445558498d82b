package org.sonograph.launcher.embedded;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sonograph.decoder.DecoderService;
import org.sonograph.gallery.GalleryService;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.spectrogram.SpectrogramService;

/** The services that share this JVM, in the order of the pipeline. */
public final class Chain {
  private Chain() {}

  /** From the picture on; sound comes in by other ways. */
  public static SequencedMap<String, ServiceFactory> withoutIngest() {
    SequencedMap<String, ServiceFactory> services = new LinkedHashMap<>();
    services.put("spectrogram-service", new SpectrogramService());
    services.put("decoder-service", new DecoderService());
    services.put(GalleryService.NAME, GalleryService.factory());
    return services;
  }
}
