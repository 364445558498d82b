package org.sonograph.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptScheduleTest {

  @Test
  void goesFromOnePromptToTheNext() {
    PromptSchedule schedule = PromptSchedule.parse("0s: calm sea; 30s: storm");
    assertThat(schedule.at(0)).isEqualTo(new PromptSchedule.Moment("calm sea", "", 0));
    PromptSchedule.Moment moment = schedule.at(10);
    assertThat(moment.prompt()).isEqualTo("calm sea");
    assertThat(moment.next()).isEqualTo("storm");
    assertThat(moment.share()).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(schedule.at(30)).isEqualTo(new PromptSchedule.Moment("storm", "", 0));
    assertThat(schedule.at(1e6)).isEqualTo(new PromptSchedule.Moment("storm", "", 0));
  }

  @Test
  void holdsTheFirstPromptBeforeItsTime() {
    assertThat(PromptSchedule.parse("5: a; 1:30: b").at(2))
        .isEqualTo(new PromptSchedule.Moment("a", "", 0));
  }

  @Test
  void readsTimesAsPeopleWriteThem() {
    PromptSchedule schedule =
        PromptSchedule.parse("250ms: a; 1.5s: b; 1:30: c: with colon; 2m: d; e; 1h: f;");
    assertThat(schedule.stations())
        .containsExactly(
            new PromptSchedule.Station(0.25, "a"),
            new PromptSchedule.Station(1.5, "b"),
            new PromptSchedule.Station(90, "c: with colon"),
            new PromptSchedule.Station(120, "d; e"),
            new PromptSchedule.Station(3600, "f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "calm sea", "soon: storm", "10s: a; 5s: b", "10s: a; 10s: b"})
  void refusesWhatIsNoSchedule(String text) {
    assertThatThrownBy(() -> PromptSchedule.parse(text))
        .isInstanceOf(DiffusionException.class)
        .hasMessageStartingWith("prompt schedule: ");
  }

  @Test
  void knowsItsSyntaxes() {
    assertThat(PromptSyntax.parse("")).isEqualTo(PromptSyntax.PLAIN);
    assertThat(PromptSyntax.parse("long, weights")).isEqualTo(PromptSyntax.WEIGHTS_LONG);
    assertThatThrownBy(() -> PromptSyntax.parse("wide"))
        .hasMessage("prompt-syntax=wide, expected plain, weights, long or weights,long");
  }
}
