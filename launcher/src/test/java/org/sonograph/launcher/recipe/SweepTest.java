package org.sonograph.launcher.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
  private static final OptionList SAID =
      new OptionList(
          List.of(new OptionList.Given("strength", "0.4"), new OptionList.Given("reading", "red")));

  @Test
  void everyCombinationTakesTheSweptValuesOverWhatWasSaid() {
    Sweep sweep = Sweep.parse(List.of("strength=0.3,0.5,0.7", "guidance=2,5"), 3);
    List<Sweep.Combination> all = sweep.over(SAID);
    assertThat(all).hasSize(6);
    assertThat(all.get(1).values().toString()).isEqualTo("{strength=0.3, guidance=5}");
    assertThat(all.get(1).options().arguments())
        .containsExactly("--reading=red", "--strength=0.3", "--guidance=5");
    assertThat(sweep.allAxes(17).getLast().values()).containsExactly("17", "18", "19");
    assertThat(all.get(5).options().recipe().interpretation(1).getDiffusion().getGuidance())
        .isEqualTo(5);
  }

  @Test
  void barsDivideValuesThatHoldCommas() {
    Sweep sweep = Sweep.parse(List.of("prompt=ink, cold light | autumn fire"), 1);
    assertThat(sweep.axes().getFirst().values()).containsExactly("ink, cold light", "autumn fire");
    assertThat(
            Sweep.parse(List.of("reading=red|voices:scale=blues,tempo=90"), 1)
                .over(SAID)
                .getLast()
                .options()
                .values("reading"))
        .containsExactly("voices:scale=blues,tempo=90");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "strenght=1,2 ; strenght cannot be swept, expected one of",
        "seed=1,2 ; --seeds N takes N seeds",
        "model=a,b ; model cannot be swept",
        "strength ; expected name=value,value",
        "strength=0.3 ; two values or more",
        "strength=0.3,0.3 ; each another",
        "strength=0.3,,0.4 ; expected name=value,value"
      })
  void whatCannotBeSweptIsRefusedWithWhatCan(String text, String message) {
    assertThatThrownBy(() -> Sweep.parse(List.of(text), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void tooManyTakesAreRefused() {
    assertThatThrownBy(() -> Sweep.parse(List.of(), 0)).hasMessageContaining("--seeds=0");
    assertThatThrownBy(
            () ->
                Sweep.parse(
                    List.of("steps=1,2,3,4,5,6,7,8,9,10,11", "guidance=1,2,3,4,5,6,7,8,9,10"), 10))
        .hasMessageContaining("more than 1000 takes");
  }

  @Test
  void aLineForAShellIsQuotedOnlyWhereItMustBe() {
    assertThat(ShellWords.line(List.of("./sonograph", "--steps=4", "--prompt=it's $HOME", "a b")))
        .isEqualTo("./sonograph --steps=4 --prompt='it'\\''s $HOME' 'a b'");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aShellTakesTheLineApartIntoTheSameWords() throws Exception {
    List<String> words =
        List.of("--prompt=it's \"ink\", $HOME `ls` \\ *?", "", "a\nb", "~", "--x=#1;&|<>()");
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\0' " + ShellWords.line(words)).start();
    byte[] out = shell.getInputStream().readAllBytes();
    assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(out, StandardCharsets.UTF_8).split("\0", -1))
        .startsWith(words.toArray(String[]::new));
  }
}
