package org.sonograph.launcher.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OptionListTest {
  @Command
  private static final class Some {
    @Mixin RecipeOptions recipe = new RecipeOptions();
  }

  @Test
  void hasEachReadingOnceThatIsGivenOnce() {
    var parsed =
        new CommandLine(new Some()).parseArgs("--reading=red", "--steps=3", "--reading", "chirp");

    assertThat(OptionList.of(parsed).values("reading")).containsExactly("red", "chirp");
    assertThat(OptionList.of(parsed).values("steps")).containsExactly("3");
  }
}
