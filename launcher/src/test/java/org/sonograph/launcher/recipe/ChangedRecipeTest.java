package org.sonograph.launcher.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;

class ChangedRecipeTest {
  @TempDir Path folder;

  @Test
  void everyOptionOfATakeIsOneOfThem() {
    TreeSet<String> all = new TreeSet<>(OptionList.names());
    all.removeAll(List.of("profile", "format", "lean"));
    assertThat(ChangedRecipe.names()).isEqualTo(all);
  }

  @Test
  void nothingSaidChangesNothing() {
    Interpretation before = take("strength=0.9", "steps=7", "reading=chirp", "tilt=0");
    assertThat(ChangedRecipe.of(before, OptionList.NONE)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "axis=mel, spectrogram.axis",
    "low=55, spectrogram.lowHz",
    "high=9000, spectrogram.highHz",
    "tilt=1, spectrogram.tiltDbPerOctave",
    "range-db=60, spectrogram.rangeDb",
    "window=2048, spectrogram.nFft",
    "hop=333, spectrogram.hopSamples",
    "overlap=16, spectrogram.overlapColumns",
    "colour=stereo, spectrogram.colour",
    "negative=cats, diffusion.negativePrompt",
    "prompt-syntax=weights, diffusion.promptSyntax",
    "strength=0.5, diffusion.strength",
    "guidance=3, diffusion.guidance",
    "guidance-rescale=0.3, diffusion.guidanceRescale",
    "steps=9, diffusion.steps",
    "scheduler=ddim, diffusion.scheduler",
    "spacing=linspace, diffusion.spacing",
    "eta=0.2, diffusion.eta",
    "seed=44, diffusion.seed",
    "loop=true, diffusion.loop",
    "safety=true, diffusion.safety",
    "noise=fresh, diffusion.noise",
    "dynamics=0.1, output.dynamics",
    "prompt=rust, diffusion.prompt",
    "prompt-schedule=0s: sea, diffusion.promptSchedule"
  })
  void anOptionChangesItsFieldAlone(String option, String field) {
    Interpretation before = take("strength=0.9", "steps=7", "seed=3", "prompt=sea");
    Interpretation changed = ChangedRecipe.of(before, said(option));
    assertThat(changed).isNotEqualTo(before);
    List<String> path = Arrays.asList(field.split("\\."));
    var part = (org.apache.avro.specific.SpecificRecord) changed.get(schemaPlace(path.getFirst()));
    var first = (org.apache.avro.specific.SpecificRecord) before.get(schemaPlace(path.getFirst()));
    int place = part.getSchema().getField(path.getLast()).pos();
    assertThat(part.get(place)).isNotEqualTo(first.get(place));
    part.put(place, first.get(place));
    assertThat(changed).isEqualTo(before);
  }

  @Test
  void theTakesOwnNumbersDecideWhatIsInRange() {
    Interpretation before = take("strength=1", "steps=7");
    assertThat(ChangedRecipe.of(before, said("steps=1")).getDiffusion().getSteps()).isEqualTo(1);
    assertThatThrownBy(() -> ChangedRecipe.of(take("strength=0.2"), said("steps=2")))
        .hasMessageContaining("--steps=2 with --strength=0.2");
  }

  @Test
  void readingsTakeThePlaceOfThoseThatWere() {
    assertThat(ChangedRecipe.of(take("reading=chirp"), said("reading=red", "reading=rgb-mean")))
        .extracting(i -> i.getReadings().stream().map(ReadingSettings::getName).toList())
        .isEqualTo(List.of("red", "rgb-mean"));
  }

  @Test
  void anotherModelBringsItsOwnUseWhereTheFirstOnesWasUsual() throws Exception {
    Files.writeString(
        folder.resolve("model_index.json"),
        "{\"_class_name\":\"StableDiffusionPipeline\",\"_defaults\":{\"steps\":4,\"guidance\":0}}");
    for (String part : List.of("unet", "vae_encoder", "vae_decoder", "text_encoder", "tokenizer")) {
      Files.createDirectories(folder.resolve(part));
    }
    Interpretation before = take("strength=0.9");
    Interpretation changed = ChangedRecipe.of(before, said("model=" + folder));
    assertThat(changed.getDiffusion().getSteps()).isEqualTo(4);
    assertThat(changed.getDiffusion().getGuidance()).isZero();
    assertThat(changed.getDiffusion().getStrength()).isEqualTo(0.9);
  }

  @Test
  void anotherProfileIsRefused() {
    assertThatThrownBy(() -> ChangedRecipe.of(take(), said("profile=notebook")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tape");
  }

  private static int schemaPlace(String part) {
    return Interpretation.getClassSchema().getField(part).pos();
  }

  private static Interpretation take(String... options) {
    OptionList own = said(options);
    OptionList all = own.values("model").isEmpty() ? own.with("model", "passthrough") : own;
    return all.recipe().interpretation(all.recipe().seed().orElse(7));
  }

  private static OptionList said(String... options) {
    return new OptionList(
        Arrays.stream(options)
            .map(o -> o.split("=", 2))
            .map(o -> new OptionList.Given(o[0], o[1]))
            .toList());
  }
}
