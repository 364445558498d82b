package org.sonograph.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples are those of AUTOMATIC1111's own documentation of its grammar. */
class WeightedTextTest {

  @Test
  void readsWeights() {
    expect("normal text", "normal text", 1);
    expect("an (important) word", "an ", 1, "important", 1.1, " word", 1);
    expect("(unbalanced", "unbalanced", 1.1);
    expect("\\(literal\\]", "(literal]", 1);
    expect("(unnecessary)(parens)", "unnecessaryparens", 1.1);
    expect("[less]", "less", 1 / 1.1);
    expect("((twice))", "twice", 1.21);
    expect("(word:1.3) and (other:0.5)", "word", 1.3, " and ", 1, "other", 0.5);
  }

  @Test
  void multipliesNestedWeights() {
    expect(
        "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).",
        "a ",
        1,
        "house",
        1.573,
        " ",
        1.1,
        "on",
        1,
        " a ",
        1.1,
        "hill",
        0.55,
        ", sun, ",
        1.1,
        "sky",
        1.4641,
        ".",
        1.1);
  }

  @Test
  void leavesOtherCharactersAlone() {
    expect("10:30) at :) dusk", "10:30) at :) dusk", 1);
    expect("a\\b", "a\\b", 1);
    assertThat(WeightedText.parse("")).isEmpty();
  }

  private static void expect(String prompt, Object... pairs) {
    List<WeightedText> pieces = WeightedText.parse(prompt);
    assertThat(pieces).as(pieces.toString()).hasSize(pairs.length / 2);
    for (int i = 0; i < pieces.size(); i++) {
      assertThat(pieces.get(i).text()).isEqualTo(pairs[2 * i]);
      assertThat(pieces.get(i).weight())
          .as(pieces.get(i).text())
          .isCloseTo(((Number) pairs[2 * i + 1]).doubleValue(), within(1e-9));
    }
  }
}
