package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All dates are of 2026: 2 March is a Monday, clocks change on 29 March and 25 October. */
class HoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant().toEpochMilli();
  }

  private static double level(String open, String quiet, String local) {
    return Hours.parse(open, quiet, BERLIN).level(at(local));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T09:59:59, 0",
    "2026-03-02T10:00:00, 1",
    "2026-03-02T17:59:59, 1",
    "2026-03-02T18:00:00, 0",
    "2026-03-07T12:00:00, 0",
  })
  void isHeardInOpeningHoursAlone(String local, double level) {
    assertThat(level("10:00-18:00,Mon-Fri", "", local)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-06T10:30:00, 1",
    "2026-03-07T10:30:00, 0",
    "2026-03-07T11:30:00, 1",
    "2026-03-08T19:30:00, 1",
    "2026-03-06T19:30:00, 0",
  })
  void takesSeveralSpansWithDaysOfTheirOwn(String local, double level) {
    assertThat(level("10:00-18:00,Mon-Fri,11:00-20:00,Sat,Sun", "", local)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T21:59:59, 1",
    "2026-03-02T22:00:00, 0.3",
    "2026-03-03T06:59:59, 0.3",
    "2026-03-03T07:00:00, 1",
  })
  void isQuietOverMidnight(String local, double level) {
    assertThat(level("", "22:00-07:00=0.3", local)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-06T23:00:00, 1",
    "2026-03-07T01:59:59, 1",
    "2026-03-07T02:00:00, 0",
    "2026-03-07T23:00:00, 0",
  })
  void goesOnAfterMidnightOfTheDayItBeganOn(String local, double level) {
    assertThat(level("20:00-02:00,Fri", "", local)).isEqualTo(level);
  }

  @Test
  void takesTheQuietestOfSeveral() {
    assertThat(level("", "12:00-14:00=0.5,13:00-15:00=0.2", "2026-03-02T13:30:00")).isEqualTo(0.2);
  }

  @Test
  void closesByTheClockOnTheWallWhenSummerBegins() {
    // 02:00 is 03:00: the hour before opening is shorter, the opening hour is the same
    assertThat(level("10:00-18:00", "", "2026-03-29T09:59:59")).isZero();
    assertThat(level("10:00-18:00", "", "2026-03-29T10:00:00")).isEqualTo(1);
    assertThat(level("00:00-02:30", "", "2026-03-29T03:29:59")).isEqualTo(1);
    assertThat(level("00:00-02:30", "", "2026-03-29T03:30:00")).isZero();
  }

  @Test
  void closesOnceWhereAnHourComesTwice() {
    Hours hours = Hours.parse("22:00-02:30", "", BERLIN);
    long first =
        LocalDateTime.parse("2026-10-25T00:29:59").toInstant(ZoneOffset.UTC).toEpochMilli();

    assertThat(hours.level(first)).as("02:29:59, summer time").isEqualTo(1);
    assertThat(hours.level(first + 1000)).as("02:30:00, summer time").isZero();
    assertThat(hours.level(first + 2_400_000)).as("02:09:59, winter time").isZero();
  }

  @Test
  void computesWhatFadesAndWhatIsAboutToBeHeard() {
    Hours hours = Hours.parse("10:00-18:00", "", BERLIN);

    assertThat(hours.isHeardAround(at("2026-03-02T09:59:40"))).isFalse();
    assertThat(hours.isHeardAround(at("2026-03-02T09:59:50"))).isTrue();
    assertThat(hours.isHeardAround(at("2026-03-02T18:00:10"))).isTrue();
    assertThat(hours.isHeardAround(at("2026-03-02T18:00:20"))).isFalse();
  }

  @Test
  void isAlwaysHeardWhereNothingIsSaid() {
    assertThat(level("", "", "2026-03-02T03:00:00")).isEqualTo(1);
    assertThat(Hours.ALWAYS.level(0)).isEqualTo(1);
    assertThat(level("00:00-24:00", "", "2026-03-02T23:59:59")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10-18", "10:00-25:00", "Mon-Fri", "10:00-18:00,Mond", "10:00-18:00=0.5", ","})
  void refusesWhatAreNoHours(String text) {
    assertThatThrownBy(() -> Hours.parse(text, "", BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 10:00-18:00");
  }

  @ParameterizedTest
  @ValueSource(strings = {"22:00-07:00", "22:00-07:00=2", "22:00-07:00=loud"})
  void refusesWhatAreNoQuietHours(String text) {
    assertThatThrownBy(() -> Hours.parse("", text, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 22:00-07:00=0.3");
  }
}
