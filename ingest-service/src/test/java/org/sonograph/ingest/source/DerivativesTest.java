package org.sonograph.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.Probe;

class DerivativesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CC BY-ND 4.0",
        "CC-BY-NC-ND-4.0",
        "cc by nc nd",
        "CCBYND",
        "BY-ND 3.0",
        "Creative Commons BY-ND",
        "by-nd-nc 1.0",
        "https://creativecommons.org/licenses/by-nd/4.0/",
        "http://creativecommons.org/licenses/by-nc-nd/3.0/deed.de",
        "http://creativecommons.org/licenses/nd-nc/1.0/ (Attribution-NoDerivs-NonCommercial)",
        "Attribution-NoDerivatives 4.0 International",
        "Attribution-NonCommercial-NoDerivs 2.0 UK",
        "Free to share. No derivative works.",
        "Namensnennung - Keine Bearbeitungen 4.0",
        "Attribution - Pas de Modification 3.0 France",
        "Reconocimiento-SinObraDerivada 3.0",
        "Atribui\u00e7\u00e3o-SemDeriva\u00e7\u00f5es"
      })
  void someForbidThem(String licence) {
    assertThat(Derivatives.areForbiddenBy(licence)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CC0 1.0",
        "CC BY 4.0",
        "CC BY-SA 4.0",
        "CC BY-NC-SA 4.0",
        "https://creativecommons.org/licenses/by-nc/4.0/",
        "Public domain",
        "(c) 2019 Rosa, all rights reserved",
        "Recorded by ND, mixed by nc",
        "Derivatives welcome"
      })
  void othersDoNot(String licence) {
    assertThat(Derivatives.areForbiddenBy(licence)).isFalse();
  }

  @Test
  void theRefusalNamesSoundLicenceAndWayOut() {
    IdentifiedSource source = sound("CC BY-ND 4.0");
    assertThat(Derivatives.refusal(source).orElseThrow())
        .contains("rain.wav", "CC BY-ND 4.0", Derivatives.OVERRIDE)
        .doesNotContain("\n");
    assertThat(Derivatives.refusal(source.permitted("her letter of 3 March"))).isEmpty();
    assertThat(source.permitted(" her letter ").renderedFrom("ab").toInfo(1, 1, 1))
        .satisfies(
            info -> {
              assertThat(info.getPermission()).isEqualTo("her letter");
              assertThat(info.getRenderedFrom()).isEqualTo("ab");
            });
  }

  private static IdentifiedSource sound(String licence) {
    return new IdentifiedSource(
        SourceFile.of(Path.of("rain.wav")),
        "00ff",
        new Probe(Container.WAV, "pcm_s16le", 48_000, 1, 1, Map.of("license", licence)),
        new IdentifiedSource.Stamp(1, FileTime.fromMillis(0)));
  }
}
