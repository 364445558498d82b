package org.sonograph.launcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.launcher.ExitCode;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.signal.sound.Sound;

class StreamComparisonTest {
  private static AudioOutput output(long start, float... samples) {
    return AudioOutput.newBuilder()
        .setStartSample(start)
        .setSamples(samples.length)
        .setChannels(1)
        .setSampleRateHz(48_000)
        .setSampleFormat(PcmWire.F32LE)
        .setPcm(PcmWire.toAvro(Sound.mono(48_000, samples)))
        .build();
  }

  @Test
  void isNoneWhereAllSamplesAreTheSame() {
    assertThat(StreamComparison.difference(output(9, 0.1f, 0.2f), output(9, 0.1f, 0.2f))).isEmpty();
  }

  @Test
  void isSaidWhereOneBitIsAnother() {
    float other = Math.nextUp(0.2f);

    assertThat(StreamComparison.difference(output(9, 0.1f, 0.2f), output(9, 0.1f, other)))
        .startsWith("by at most");
  }

  @Test
  void isSaidWhereTheSamplesLieElsewhere() {
    assertThat(StreamComparison.difference(output(9, 0.1f), output(8, 0.1f)))
        .isEqualTo("samples 9 to 10, now 8 to 9");
  }

  @Test
  void endsWith70WhereAnythingDiffersAnd66WhereNothingCouldBeCompared() {
    StreamReplay.Result equal = result(3, Map.of());
    StreamReplay.Result nothing = result(0, Map.of());
    StreamReplay.Result different = result(3, Map.of(1L, "by at most 0.1"));

    assertThat(StreamReplay.exitCode(List.of(equal, nothing))).isEqualTo(ExitCode.OK);
    assertThat(StreamReplay.exitCode(List.of(nothing))).isEqualTo(ExitCode.NO_INPUT);
    assertThat(StreamReplay.exitCode(List.of(equal, different))).isEqualTo(ExitCode.FAILED);
    assertThat(different.line()).contains("differs in chunk 1 (by at most 0.1)");
    assertThat(equal.json()).contains("\"equal\":true");
  }

  private static StreamReplay.Result result(long compared, Map<Long, String> different) {
    return new StreamReplay.Result("take", "red", 5, compared, 1000, different, Map.of());
  }
}
