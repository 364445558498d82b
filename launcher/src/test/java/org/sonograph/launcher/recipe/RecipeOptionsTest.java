package org.sonograph.launcher.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;
import picocli.CommandLine;

class RecipeOptionsTest {
  @Test
  void withoutOptionsTapeIsHeardAsMeanAndChirp() {
    Interpretation interpretation = interpretation("--model", "passthrough");
    assertThat(interpretation.getProfile()).isEqualTo("tape");
    assertThat(interpretation.getReadings())
        .extracting(ReadingSettings::getName)
        .containsExactly("rgb-mean", "chirp");
    assertThat(interpretation.getDiffusion().getPrompt()).startsWith("caffeinated thoughts");
    assertThat(interpretation.getDiffusion().getSeed()).isEqualTo(5);
  }

  @Test
  void notebookIsTheOriginNumberForNumber() {
    Interpretation interpretation =
        interpretation("--profile", "notebook", "--model", "passthrough");
    assertThat(interpretation.getDiffusion().getStrength()).isEqualTo(0.9);
    assertThat(interpretation.getDiffusion().getGuidance()).isEqualTo(2.5);
    assertThat(interpretation.getDiffusion().getSteps()).isEqualTo(50);
    assertThat(interpretation.getDiffusion().getScheduler()).isEqualTo("pndm");
    assertThat(interpretation.getReadings())
        .extracting(ReadingSettings::getName)
        .containsExactly("red", "rgb-mean", "chirp");
  }

  @Test
  void readingsTakeParameters() {
    Interpretation interpretation =
        interpretation("--model", "passthrough", "--reading", "red:phase=zero,iterations=8");
    ReadingSettings reading = interpretation.getReadings().getFirst();
    assertThat(reading.getName()).isEqualTo("red");
    assertThat(reading.getParameters())
        .containsEntry("phase", "zero")
        .containsEntry("iterations", "8");
  }

  @Test
  void anUnknownReadingIsRefusedWithTheListOfThoseThereAre() {
    assertThatThrownBy(() -> interpretation("--model", "passthrough", "--reading", "rod"))
        .hasMessageContaining("rod")
        .hasMessageContaining("chirp");
  }

  @Test
  void stepsThatLeaveNothingToRunAreRefused() {
    assertThatThrownBy(
            () -> interpretation("--model", "passthrough", "--steps", "1", "--strength", "0.5"))
        .hasMessageContaining("no step to run");
  }

  @Test
  void notebookTakesNoOtherPicture() {
    assertThatThrownBy(
            () -> interpretation("--model", "passthrough", "--profile", "notebook", "--hop", "64"))
        .hasMessageContaining("--profile tape");
    assertThatThrownBy(
            () ->
                interpretation(
                    "--model", "passthrough", "--profile", "notebook", "--colour", "parts"))
        .hasMessageContaining("--colour");
  }

  @Test
  void theColourTravels() {
    assertThat(
            interpretation("--model", "passthrough", "--colour", "parts")
                .getSpectrogram()
                .getColour())
        .isEqualTo("parts");
    assertThat(interpretation("--model", "passthrough").getSpectrogram().getColour())
        .isEqualTo("grey");
  }

  private static Interpretation interpretation(String... args) {
    RecipeOptions options = new RecipeOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("recipe", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(args);
    return options.interpretation(5);
  }
}
