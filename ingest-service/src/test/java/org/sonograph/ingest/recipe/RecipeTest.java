package org.sonograph.ingest.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;

class RecipeTest {

  private static Recipe recipe(String line) {
    return Recipe.of(RecipeText.parse(line));
  }

  @Test
  void saysEverythingWhereNothingIsSaid() {
    Interpretation tape = recipe("model=passthrough").order(7).interpretation();
    assertThat(tape.getProfile()).isEqualTo("tape");
    assertThat(tape.getSpectrogram().getSampleRateHz()).isEqualTo(48_000);
    assertThat(tape.getDiffusion().getSeed()).isEqualTo(7);
    assertThat(tape.getDiffusion().getPrompt()).isEqualTo(RecipeDefaults.PROMPT);
    assertThat(tape.getReadings())
        .extracting(ReadingSettings::getName)
        .containsExactly("rgb-mean", "chirp");
  }

  @Test
  void takesTheCommandLinesOptions() {
    TakeOrder order =
        recipe(
                "model=m&prompt=sea%20%26%20sky&reading=red&reading=chirp:sweep=1,span=3&steps=20"
                    + "&strength=0.5&hop=480&tilt=0&colour=stereo&format=flac&occurrence=2")
            .order(1);
    Interpretation made = order.interpretation();
    assertThat(made.getDiffusion().getPrompt()).isEqualTo("sea & sky");
    assertThat(made.getReadings().get(1).getParameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("sweep", "1", "span", "3"));
    assertThat(made.getSpectrogram().getHopSamples()).isEqualTo(480);
    assertThat(made.getSpectrogram().getTiltDbPerOctave()).isZero();
    assertThat(made.getSpectrogram().getColour()).isEqualTo("stereo");
    assertThat(order.format()).isEqualTo("flac");
    assertThat(order.occurrence()).isEqualTo(2);
  }

  @Test
  void whatIsGivenWinsOverTheBase() {
    Recipe recipe =
        Recipe.of(
            Map.of("prompt", List.of("a")),
            Map.of("model", List.of("m"), "prompt", List.of("b"), "seed", List.of("5")));
    assertThat(recipe.order(0).interpretation().getDiffusion().getPrompt()).isEqualTo("a");
    assertThat(recipe.seed()).isEqualTo(OptionalLong.of(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model=m&promt=x | unknown option 'promt', expected one of",
        "prompt=x | model is missing",
        "model=m&profile=tabe | profile=tabe, expected tape or notebook",
        "model=m&reading=blau | reading=blau, expected one of",
        "model=m&reading=red&reading=red | each reading may be named once",
        "model=m&strength=2 | strength=2.0, expected 0.0 to 1.0",
        "model=m&strength=x | strength=x, expected a number",
        "model=m&strength=0.01 | leaves no step to run",
        "model=m&steps=1.5 | steps=1.5, expected a whole number",
        "model=m&seed=-1 | seed=-1, expected 0 to",
        "model=m&format=aac | format=aac, expected one of",
        "model=m&profile=notebook&hop=10 | takes no hop",
        "model=m&profile=notebook&colour=parts | takes no colour",
        "model=m&colour=rainbow | colour=rainbow, expected grey, stereo, parts",
        "model=m&colour=parts&hop=64 | expected a hop of at least a 32th of the window",
        "model=m&prompt=a&prompt=b | prompt is given 2 times",
        "model=m&high=30000 | high=30000.0, expected at most half the rate"
      })
  void refusesInOneLineWhatMakesNoSense(String line, String message) {
    assertThatThrownBy(() -> recipe(line).seed().orElse(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
