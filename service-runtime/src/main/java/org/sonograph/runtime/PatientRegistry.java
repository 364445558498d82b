package org.sonograph.runtime;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;

/** Waits out a short absence of the registry; what lasts longer is the caller's to retry. */
final class PatientRegistry implements RegistryClient {
  private static final Logger LOG = LoggerFactory.getLogger(PatientRegistry.class);
  private static final long PAUSE_MS = 500;

  private final RegistryClient registry;
  private final Duration patience;

  PatientRegistry(RegistryClient registry, Duration patience) {
    this.registry = registry;
    this.patience = patience;
  }

  @Override
  public int idOf(String subject, Schema schema) {
    return patiently(() -> registry.idOf(subject, schema));
  }

  @Override
  public Schema schemaOf(int id) {
    return patiently(() -> registry.schemaOf(id));
  }

  @Override
  public void requireFullTransitive(String subject) {
    registry.requireFullTransitive(subject);
  }

  @Override
  public void ping() {
    registry.ping();
  }

  @Override
  public String location() {
    return registry.location();
  }

  @Override
  public void close() {
    registry.close();
  }

  private <T> T patiently(Supplier<T> call) {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    while (true) {
      try {
        return call.get();
      } catch (RegistryUnavailableException e) {
        if (System.nanoTime() >= end || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (!told) {
          LOG.warn("{}; trying again for {} s", e.getMessage(), patience.toSeconds());
          told = true;
        }
        pause(e);
      }
    }
  }

  private static void pause(RegistryUnavailableException cause) {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cause;
    }
  }
}
