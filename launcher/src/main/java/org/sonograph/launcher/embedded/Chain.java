package org.sonograph.launcher.embedded;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.sonograph.decoder.DecoderService;
import org.sonograph.gallery.GalleryService;
import org.sonograph.ingest.IngestService;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.spectrogram.SpectrogramService;

/** The services that share this JVM, in the order of the pipeline. */
public final class Chain {
  private Chain() {}

  /** All of them: sound comes in by {@code POST /takes} and the inbox. */
  public static SequencedMap<String, ServiceFactory> whole() {
    SequencedMap<String, ServiceFactory> services = new LinkedHashMap<>();
    services.put(IngestService.NAME, new IngestService());
    services.putAll(withoutIngest());
    return services;
  }

  /** From the picture on; the launcher itself sends the sound. */
  public static SequencedMap<String, ServiceFactory> withoutIngest() {
    SequencedMap<String, ServiceFactory> services = new LinkedHashMap<>();
    services.put("spectrogram-service", new SpectrogramService());
    services.put("decoder-service", new DecoderService());
    services.put(GalleryService.NAME, GalleryService.factory());
    return services;
  }
}
