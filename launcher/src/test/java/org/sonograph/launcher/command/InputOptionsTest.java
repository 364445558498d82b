package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class InputOptionsTest {
  @Command
  private static final class Anything {
    @Mixin InputOptions input = new InputOptions();
  }

  private static InputOptions parsed(String... args) {
    Anything command = new Anything();
    new CommandLine(command).parseArgs(args);
    return command.input;
  }

  @Test
  void withoutAgainNothingIsMadeTwice() {
    assertThat(parsed("a.wav").isAgain()).isFalse();
  }

  @Test
  void againAloneMeansTheNextTakeWhereverItStands() {
    for (InputOptions input :
        new InputOptions[] {
          parsed("--again", "a.wav"),
          parsed("a.wav", "--again"),
          parsed("--again", "--ahead=3", "a.wav")
        }) {
      assertThat(input.isAgain()).isTrue();
      assertThat(input.occurrence()).isEmpty();
      assertThat(input.inputs).containsExactly("a.wav");
    }
  }

  @Test
  void againWithANumberNamesTheTake() {
    assertThat(parsed("--again", "2", "a.wav").occurrence()).isEqualTo(OptionalLong.of(2));
    assertThat(parsed("--again=3", "a.wav").occurrence()).isEqualTo(OptionalLong.of(3));
  }
}
