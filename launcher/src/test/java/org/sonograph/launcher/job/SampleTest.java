package org.sonograph.launcher.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private static final List<String> MANY =
      IntStream.range(0, 1000).mapToObj(i -> "sound-" + i).toList();

  @Test
  void theSeedChoosesAndALargerSampleHoldsTheSmaller() {
    List<String> few = new Sample(20, 7).of(MANY, Function.identity());
    assertThat(few).hasSize(20).isSubsetOf(MANY);
    assertThat(new Sample(20, 7).of(MANY, Function.identity())).isEqualTo(few);
    assertThat(new Sample(20, 8).of(MANY, Function.identity())).isNotEqualTo(few);
    assertThat(new Sample(40, 7).of(MANY, Function.identity())).hasSize(40).containsAll(few);
    assertThat(MANY.indexOf(few.getFirst())).isLessThan(MANY.indexOf(few.getLast()));
  }

  @Test
  void aSampleOfLessIsAllOfIt() {
    assertThat(Sample.ALL.of(MANY, Function.identity())).isEqualTo(MANY);
    assertThatThrownBy(() -> new Sample(0, 0)).hasMessage("--sample=0, expected 1 or more");
  }
}
