package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PassthroughDiffuser;
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
