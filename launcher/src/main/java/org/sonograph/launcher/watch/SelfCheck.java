package org.sonograph.launcher.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether an instance does what it is there for, as somebody outside would find out: it answers, no
 * part of it is dead, and sound comes wherever it is expected.
 */
public final class SelfCheck implements AutoCloseable {
  private final SoundReader reader;

  /**
   * A check.
   *
   * @param gallery address of the gallery, without a path
   * @param token word it demands, if any
   */
  public SelfCheck(String gallery, Optional<String> token) {
    this.reader = new SoundReader(gallery, token);
  }

  /** Asks now. */
  public boolean isWell() {
    try {
      return reader.isAlive() && isHeard(reader.streams());
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether every stream that should be heard is. */
  static boolean isHeard(JsonNode streams) {
    for (JsonNode stream : streams) {
      if (stream.path("expected").asBoolean() && !stream.path("flowing").asBoolean()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
