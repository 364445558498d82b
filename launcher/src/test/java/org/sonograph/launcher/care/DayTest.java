package org.sonograph.launcher.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.SetAside;

class DayTest {
  private static final long NOON = Instant.parse("2026-11-29T12:00:00Z").toEpochMilli();
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  private Day open(long ms) {
    return new Day(folder.resolve("day.properties"), ZoneOffset.UTC, ms);
  }

  private static Look look(long ms, String state) throws JsonProcessingException {
    return new Look(
        ms,
        HappeningsTest.streams(state, true),
        new ObjectMapper().createArrayNode(),
        List.of("set aside: kafka"),
        new Look.Disk(3 * GIB, 10 * GIB));
  }

  /** Half an hour in steps of half a minute. */
  private static long run(Day day, long from, String state) throws JsonProcessingException {
    long at = from;
    for (int i = 0; i < 60; i++) {
      at += 30_000;
      assertThat(day.add(look(at, state), GIB)).isEmpty();
    }
    return at;
  }

  @Test
  void addsUpTheDayOverRestartsAndTellsItOnce() throws Exception {
    Day first = open(NOON);
    long at = run(first, NOON, "live");
    first.write();
    Day second = open(at + 10_000);
    at = run(second, at + 10_000, "stand-in");
    long midnight = NOON + 12 * 3_600_000;
    Optional<String> line = second.add(look(midnight, "live"), GIB);
    assertThat(line)
        .hasValue(
            "report of 2026-11-29: foyer live 0.50 h, unpainted 0.50 h; 2 starts; 2 set aside;"
                + " 1024 MiB of memory; 3072 MiB of disk free");
    assertThat(second.add(look(midnight + 5000, "live"), GIB)).isEmpty();
  }

  @Test
  void aPauseOfTheMachineIsNoSound() throws Exception {
    Day day = open(NOON);
    day.add(look(NOON + 3 * 3_600_000, "live"), GIB);
    assertThat(day.line(new Look.Disk(GIB, GIB), GIB).orElseThrow()).contains("live 0.02 h");
  }

  @Test
  void aTornFileIsSetAside() throws IOException {
    Files.writeString(folder.resolve("day.properties"), "date=2026-11-2");
    open(NOON).write();
    assertThat(SetAside.in(folder)).hasSize(1);
    assertThat(open(NOON).line(new Look.Disk(GIB, GIB), GIB)).isEmpty();
  }
}
