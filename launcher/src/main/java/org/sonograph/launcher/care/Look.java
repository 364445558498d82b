package org.sonograph.launcher.care;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How an instance is at a moment.
 *
 * @param timeMs when
 * @param streams what {@code GET /streams} answers; empty where nothing does
 * @param sources what {@code GET /sources} answers; empty where nothing does
 * @param setAside what was set aside since the process began, a line each
 * @param disk room where the data lie
 */
public record Look(
    long timeMs, JsonNode streams, JsonNode sources, List<String> setAside, Disk disk) {
  public Look {
    setAside = List.copyOf(setAside);
  }

  /** Room on a disk, in bytes. */
  public record Disk(long freeBytes, long totalBytes) {
    private static final long LEAST_BYTES = 1L << 30;

    /** Nearly full: what is kept and what is begun anew may soon have no room. */
    boolean isNearlyFull() {
      return freeBytes < LEAST_BYTES || freeBytes < totalBytes / 20;
    }

    /** Clearly not full, so that a level that wavers is told once. */
    boolean hasRoom() {
      return freeBytes > 2 * LEAST_BYTES && freeBytes > totalBytes / 12;
    }
  }
}
