package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PassthroughDiffuser;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

class PainterTest {
  private final FakePaint paint = new FakePaint(request -> {});
  private final Painter painter = new Painter(new Models("fake", Optional.empty(), name -> paint));

  private static DiffusedImage paint(Painter painter, SpectrogramImage image) throws Exception {
    Sketch sketch = painter.sketch(image);
    try {
      return Painter.art(sketch, sketch.diffuser().diffuse(sketch.request()));
    } finally {
      sketch.lease().giveBack().run();
    }
  }

  private DiffusedImage paint(SpectrogramImage image) throws Exception {
    return paint(painter, image);
  }

  private NoisePlan noise(String name, String profile, long chunk) throws Exception {
    DiffusionSettings settings =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake")).setNoise(name).build();
    paint(Spectrograms.image(chunk, settings, profile));
    return paint.requests.take().noise();
  }

  private NoisePlan noise(String name, List<Long> seeds, long chunk) throws Exception {
    DiffusionSettings settings =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake"))
            .setNoise(name)
            .setSeeds(seeds)
            .build();
    paint(Spectrograms.image(chunk, settings, "tape"));
    return paint.requests.take().noise();
  }

  private static Map<String, String> text(DiffusedImage art) {
    PngImage png = PngCodec.decode(PcmWire.bytes(art.getPng()), PngLimits.DEFAULT);
    return png.text();
  }

  @Test
  void tapeTakesItsNoiseFromTheStripWhereThePictureLies() throws Exception {
    assertThat(noise("", "tape", 2)).isEqualTo(new NoisePlan.Strip(41, 2 * 448));
  }

  @Test
  void notebookTakesItsNoiseFromTheSeed() throws Exception {
    assertThat(noise("", "notebook", 0)).isEqualTo(new NoisePlan.Torch(41));
  }

  @Test
  void freshNoiseIsAnotherSeedForEveryChunk() throws Exception {
    assertThat(noise("fresh", "tape", 5)).isEqualTo(new NoisePlan.Torch(46));
  }

  @Test
  void sameNoiseIsOneSeedForAllChunks() throws Exception {
    assertThat(noise("same", "tape", 5)).isEqualTo(new NoisePlan.Torch(41));
  }

  @Test
  void chunksTakeTheListedSeedsInTurn() throws Exception {
    for (String kind : List.of("same", "fresh")) {
      assertThat(noise(kind, List.of(7L, 9L), 4)).isEqualTo(new NoisePlan.Torch(7));
      assertThat(noise(kind, List.of(7L, 9L), 5)).isEqualTo(new NoisePlan.Torch(9));
    }
    assertThat(noise("strip", List.of(7L, 9L), 5)).isEqualTo(new NoisePlan.Strip(9, 5 * 448));
  }

  @Test
  void aKindOfNoiseThatIsNoneIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> noise("pink", "tape", 5))
        .isInstanceOfSatisfying(DiffusionException.class, e -> assertThat(e.mayPass()).isFalse())
        .hasMessage("noise=pink, expected strip, fresh or same (take=ab12 chunk=5)");
  }

  @Test
  void anotherModelThanTheTakeWasBegunWithIsRefusedAndBothAreNamed() throws Exception {
    String here = paint.model().sha256();
    DiffusionSettings same =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake")).setModelHash(here).build();
    assertThat(paint(Spectrograms.image(0, same, "tape")).getGeneration().getModelHash())
        .isEqualTo(here);
    DiffusionSettings other = DiffusionSettings.newBuilder(same).setModelHash("0ld").build();
    assertThatThrownBy(() -> paint(Spectrograms.image(0, other, "tape")))
        .isInstanceOfSatisfying(DiffusionException.class, e -> assertThat(e.mayPass()).isFalse())
        .hasMessageContainingAll(here, "0ld", "take=ab12 chunk=0");
    // the model was given back: another one could be opened
    assertThat(painter.sketch(Spectrograms.image(1)).diffuser()).isSameAs(paint);
  }

  @Test
  void aMessageMayAskForMoreThanAPrompt() throws Exception {
    DiffusionSettings settings =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake"))
            .setPromptSyntax("weights,long")
            .setEta(0.5)
            .setGuidanceRescale(0.7)
            .setSpacing("trailing")
            .setLoop(true)
            .setSafety(true)
            .build();
    paint(Spectrograms.image(0, settings, "tape"));
    assertThat(paint.requests.take().options())
        .isEqualTo(
            new RequestOptions(
                new PromptReading(PromptSyntax.WEIGHTS_LONG, "", 0),
                new SamplerTuning(0.5, 0.7, "trailing"),
                Optional.empty(),
                RequestOptions.Edges.JOINED,
                RequestOptions.Safety.CHECKED));
  }

  @Test
  void aSchedulePaintsWhatIsDueInTheMiddleOfAChunk() throws Exception {
    DiffusionSettings settings =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake"))
            .setPromptSchedule("0s: calm sea; 12.288s: storm")
            .build();
    paint(Spectrograms.image(0, settings, "tape"));
    DiffusionRequest first = paint.requests.take();
    assertThat(first.prompt()).isEqualTo("calm sea");
    // the middle of 512 columns of 576 samples at 48 kHz lies at 3.072 s
    assertThat(first.options().reading())
        .isEqualTo(new PromptReading(PromptSyntax.PLAIN, "storm", 0.25));
    paint(Spectrograms.image(2, settings, "tape"));
    DiffusionRequest last = paint.requests.take();
    assertThat(last.prompt()).isEqualTo("storm");
    assertThat(last.options().reading()).isEqualTo(PromptReading.PLAIN);
  }

  @Test
  void artCarriesItsRecipeInTheLayoutThatPictureLibrariesRead() throws Exception {
    assertThat(text(paint(Spectrograms.image(0))).get("parameters"))
        .isEqualTo(
            """
            ink, rain
            Negative prompt: letters
            Steps: 20, Sampler: Euler, CFG scale: 7.5, Seed: 41, Size: 16x16, Model hash: 0123456789, \
            Model: fake, Denoising strength: 0.5, Version: Sonograph\
            """);
  }

  @Test
  void artCarriesWhatInvertsIt() throws Exception {
    assertThat(text(paint(Spectrograms.image(0))))
        .containsEntry("sonograph", "{\"profile\":\"tape\"}");
  }

  @Test
  void artSaysThatATrainedModelMadeItAndFromWhoseSound() throws Exception {
    assertThat(text(paint(Spectrograms.image(0))).get("XML:com.adobe.xmp"))
        .contains("digitalsourcetype/trainedAlgorithmicMedia", "A. Nonymous", "CC0-1.0");
  }

  @Test
  void passthroughClaimsNoModel() throws Exception {
    Painter plain =
        new Painter(
            new Models(
                "passthrough",
                Optional.empty(),
                name -> new PassthroughDiffuser(java.time.Duration.ZERO)));
    Map<String, String> text =
        text(paint(plain, Spectrograms.image(0, Spectrograms.settings("passthrough"), "tape")));
    assertThat(text).doesNotContainKey("parameters");
    assertThat(text.get("XML:com.adobe.xmp"))
        .contains("dataDrivenMedia")
        .doesNotContain("trainedAlgorithmicMedia");
  }

  @Test
  void whatIsNotPaintedGoesOnAsItCame() {
    DiffusedImage same = Painter.unpainted(Spectrograms.image(0));
    assertThat(same.getGeneration().getModelId()).isEqualTo("passthrough");
    assertThat(text(same).get("XML:com.adobe.xmp")).contains("dataDrivenMedia");
  }

  @Test
  void theSamePictureIsTheSameFile() throws Exception {
    SpectrogramImage image = Spectrograms.image(0);
    assertThat(paint(image).getPng()).isEqualTo(paint(image).getPng());
  }

  @Test
  void aSpectrogramThatIsNoPngIsARequestThatCannotBeCarriedOut() {
    SpectrogramImage broken =
        SpectrogramImage.newBuilder(Spectrograms.image(0))
            .setPng(ByteBuffer.wrap(new byte[] {1, 2}))
            .build();
    assertThatThrownBy(() -> paint(broken))
        .isInstanceOfSatisfying(DiffusionException.class, e -> assertThat(e.mayPass()).isFalse())
        .hasMessageContaining("take=ab12 chunk=0");
  }
}
