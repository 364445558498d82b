package org.sonograph.launcher.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.schemas.Interpretation;

class PresetTest {
  @TempDir Path folder;

  private static Preset parse(String text) {
    return Preset.parse("mine", "mine.properties", text);
  }

  static List<String> bundled() {
    return Presets.bundledNames();
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void bundledPresetsSayWhatTheyAreForAndCanBeRun(String name) {
    Preset preset = new Presets(folder).find(name);
    assertThat(preset.about()).endsWith(".").hasSizeLessThan(140);
    Interpretation made = preset.options().recipe().interpretation(1);
    assertThat(made.getReadings()).isNotEmpty();
  }

  @Test
  void anOptionGivenSeveralTimesIsALineEachTime() {
    Preset preset = parse("# words\nstrength = 0.4\nreading = red\nreading: voices:scale=blues\n");
    assertThat(preset.about()).isEqualTo("words");
    assertThat(preset.options().values("reading")).containsExactly("red", "voices:scale=blues");
    assertThat(preset.options().arguments())
        .containsExactly("--strength=0.4", "--reading=red", "--reading=voices:scale=blues");
  }

  @Test
  void aLongLineGoesOnAfterABackslash() {
    assertThat(parse("prompt = drifting ink, \\\n    cold light\n").options().values("prompt"))
        .containsExactly("drifting ink, cold light");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "strenght = 1 ; mine.properties:2: unknown option strenght, expected one of",
        "strength = loud ; mine.properties:2: Invalid value for option '--strength'",
        "strength = 7 ; mine.properties:2: --strength=7.0, expected more than 0",
        "colour = rainbow ; mine.properties:2: colour=rainbow, expected grey, stereo, parts",
        "reading = rod ; mine.properties:2: --reading=rod, expected one of",
        "guidance = 3 ; mine.properties:2: guidance is there a second time",
        "model = /home/me/sd15 ; mine.properties:2: model = /home/me/sd15 names a place",
        "model = ../sd15 ; mine.properties:2: model = ../sd15 names a place",
        "reading = voices:scale=my.scl ; names a place on one machine",
        "data = /tmp ; mine.properties:2: unknown option data",
        "registry = http://user:secret@host ; mine.properties:2: unknown option registry",
        "preset = breath ; mine.properties:2: unknown option preset",
        "dynamics = ; mine.properties:2: dynamics has no value",
        "prompt = \\u12 ; mine.properties:2: "
      })
  void aBadLineIsRefusedWithFileAndLine(String line, String message) {
    assertThatThrownBy(() -> parse("guidance = 2\n" + line + "\nsteps = 20\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(message);
  }

  @Test
  void savedAndFoundItIsTheSame() {
    Presets presets = new Presets(folder);
    Preset preset =
        parse("# for rain\nprompt = a \\\\ b = c # d: ä\nloop = true\nmodel = owner/name\n");
    assertThat(presets.ownNames()).isEmpty();
    Path file = presets.save(preset);
    assertThat(file).hasFileName("mine.properties");
    assertThat(presets.ownNames()).containsExactly("mine");
    Preset found = presets.find("mine");
    assertThat(found.options()).isEqualTo(preset.options());
    assertThat(found.about()).isEqualTo("for rain");
    assertThat(presets.find(file.toString()).options()).isEqualTo(preset.options());
    assertThat(presets.remove("mine")).doesNotExist();
    assertThatThrownBy(() -> presets.remove("breath")).hasMessageContaining("comes with Sonograph");
    assertThatThrownBy(() -> presets.find("mine"))
        .hasMessageContaining("expected one of breath")
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void namesStayInTheirFolder() {
    assertThatThrownBy(() -> new Presets(folder).remove("../x")).hasMessageContaining("'../x'");
    assertThatThrownBy(() -> new Presets(folder).find("a b")).hasMessageContaining("'a b'");
  }

  @Test
  void anOwnOneComesBeforeABundledOneOfThatName() throws Exception {
    Files.writeString(folder.resolve("breath.properties"), "strength = 0.2\n");
    assertThat(new Presets(folder).find("breath").options().values("strength"))
        .containsExactly("0.2");
  }
}
