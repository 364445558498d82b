package org.sonograph.signal.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.signal.Signals;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;

class InversionTest {
  private final Inversion tape = SpectrogramProfile.TAPE.inversion(-17.3);

  @Test
  void travelsInAPicturesOwnText() {
    byte[] png = PngCodec.encode(Signals.flat(4, 4, 7), tape.toText());
    assertThat(Inversion.fromText(PngCodec.decode(png, PngLimits.DEFAULT).text())).contains(tape);
  }

  @Test
  void isAbsentWhereAPictureCarriesNone() {
    assertThat(Inversion.fromText(new LinkedHashMap<>())).isEmpty();
  }

  @Test
  void toleratesMembersOthersAdd() {
    String json =
        tape.toText()
            .firstEntry()
            .getValue()
            .replaceFirst("\\{", "{ \"model\" : {\"a\":[1,{\"b\":\"}\"}],\"c\":null}, \"x\":true,");
    assertThat(Inversion.fromText(Map.of(Inversion.TEXT_KEY, json))).contains(tape);
  }

  @Test
  void saysWhatIsMissingOrBroken() {
    String json = tape.toText().firstEntry().getValue();
    assertThatThrownBy(() -> Inversion.fromText(Map.of(Inversion.TEXT_KEY, "{}")))
        .hasMessageContaining("profile");
    assertThatThrownBy(
            () -> Inversion.fromText(Map.of(Inversion.TEXT_KEY, json.replace("4096", "4096.5"))))
        .hasMessageContaining("nFft");
    for (int length = 0; length < json.length(); length++) {
      String part = json.substring(0, length);
      assertThatThrownBy(() -> Inversion.fromText(Map.of(Inversion.TEXT_KEY, part)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesWhatNoPictureNeeds() {
    String json = tape.toText().firstEntry().getValue();
    for (String[] change :
        new String[][] {
          {"4096", "1073741824"},
          {"\"hopSamples\":576", "\"hopSamples\":5000"},
          {"48000", "-1"},
          {"\"whiteDb\":-17.3", "\"whiteDb\":1e9"},
          {"\"height\":512", "\"height\":2e9"},
          {"4.5", "NaN"}
        }) {
      assertThat(json).contains(change[0]);
      assertThatThrownBy(
              () ->
                  Inversion.fromText(
                      Map.of(Inversion.TEXT_KEY, json.replace(change[0], change[1]))))
          .as(change[1])
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void cutsATrackIntoChunksThatCoverIt() {
    ChunkGrid grid = SpectrogramProfile.TAPE.grid();
    for (long n :
        new long[] {0, 1, 576, 64 * 576, 512 * 576, 512 * 576 + 1, 960 * 576 + 1, 48_000L * 3600}) {
      long chunks = grid.chunks(n);
      long last = chunks - 1;
      assertThat(grid.startSample(last) + grid.lengthSamples(last, n))
          .as("%d samples", n)
          .isEqualTo(n);
      if (chunks > 1) {
        assertThat(grid.lengthSamples(last, n)).isGreaterThan(grid.overlapSamples());
      }
    }
    assertThat(grid.startSample(1)).isEqualTo(448L * 576);
  }
}
