package org.sonograph.runtime.meters;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.File;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** Room on the disks that a service fills. */
public final class DiskMeters {
  /** Stores of streams. */
  public static final String STATE = "state";

  /** Sound taken in and not yet sent. */
  public static final String UPLOADS = "uploads";

  /** Finished takes. */
  public static final String OUT = "out";

  /** The brokers' logs. */
  public static final String BROKER = "broker";

  private DiskMeters() {}

  /** Watches the disk a folder is on; asked for at every scrape. */
  public static void watch(MeterRegistry meters, String label, Path folder) {
    File file = folder.toFile();
    register(meters, label, file::getUsableSpace, file::getTotalSpace);
  }

  /** Tells of a disk that is elsewhere. */
  public static void register(
      MeterRegistry meters, String label, DoubleSupplier freeBytes, DoubleSupplier totalBytes) {
    Catalogue.DISK_FREE.gauge(meters, freeBytes, label);
    Catalogue.DISK_TOTAL.gauge(meters, totalBytes, label);
  }
}
