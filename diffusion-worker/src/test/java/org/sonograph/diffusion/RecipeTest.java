package org.sonograph.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.signal.picture.Picture;

class RecipeTest {

  private static final Picture PICTURE = Picture.grey(2, 1, new byte[] {3, 4});

  @Test
  void readsBackWhatAPictureTells() {
    RequestOptions options =
        new RequestOptions(
            new PromptReading(PromptSyntax.WEIGHTS_LONG, "storm", 0.25),
            new SamplerTuning(0.5, 0.7, "trailing"),
            java.util.Optional.empty(),
            RequestOptions.Edges.JOINED,
            RequestOptions.Safety.CHECKED);
    Recipe recipe = readBack(request(new NoisePlan.Strip(7, 64), options));
    assertThat(recipe.modelId()).isEqualTo("model");
    assertThat(recipe.modelHash()).isEqualTo("abc");
    assertThat(recipe.inputHash()).isEqualTo(Recipe.hash(PICTURE));
    assertThat(recipe.maskHash()).isEmpty();
    DiffusionRequest asked = recipe.asked();
    assertThat(asked.options()).isEqualTo(options);
    assertThat(asked.noise()).isEqualTo(new NoisePlan.Strip(7, 64));
    assertThat(asked.prompt()).isEqualTo("calm \"sea\"");
    assertThat(asked.negativePrompt()).isEqualTo("rain");
    assertThat(asked.strength()).isEqualTo(0.6);
    assertThat(asked.guidance()).isEqualTo(2.5);
    assertThat(asked.steps()).isEqualTo(9);
    assertThat(asked.scheduler()).isEqualTo("ddim");
  }

  @Test
  void namesTheMask() {
    RequestOptions options = RequestOptions.NONE.withMask(PICTURE);
    assertThat(readBack(request(new NoisePlan.Torch(1), options)).maskHash())
        .isEqualTo(Recipe.hash(PICTURE));
  }

  @Test
  void isEmptyWhereAPictureTellsNothing() {
    assertThat(Recipe.read("")).isEmpty();
    assertThat(Recipe.read("{}")).isEmpty();
    assertThat(Recipe.read("Steps: 20, Sampler: Euler a")).isEmpty();
  }

  private static Recipe readBack(DiffusionRequest request) {
    ModelInfo model = new ModelInfo("model", "abc", "", 8, "pndm", List.of());
    DiffusedPicture made = new DiffusedPicture(PICTURE, "ddim", 2, 1, 5, false, 1);
    String text =
        ArtText.of(model, request, made, ArtText.Credit.NONE, Map.of()).get(ArtText.GENERATION_KEY);
    return Recipe.read(text).orElseThrow();
  }

  private static DiffusionRequest request(NoisePlan noise, RequestOptions options) {
    return new DiffusionRequest(
        PICTURE, "calm \"sea\"", "rain", 0.6, 2.5, 9, "ddim", noise, options);
  }
}
