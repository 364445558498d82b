package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PillowResize;

class OnnxDiffuserTest {

  private static final DiffuserOptions OPTIONS =
      DiffuserOptions.defaults().withModelsFolder(Golden.models());

  private static Diffuser diffuser;

  @BeforeAll
  static void open() {
    diffuser = Diffusers.open("tiny-sd", OPTIONS);
  }

  @AfterAll
  static void close() {
    diffuser.close();
  }

  @Test
  void roundsSizesDownByLanczosAndSaysSo() throws InterruptedException {
    Picture odd = noise(70, 49);
    DiffusedPicture painted = diffuser.diffuse(request(odd, "a", 2.5));
    assertThat(painted.picture().width()).isEqualTo(64);
    assertThat(painted.picture().height()).isEqualTo(48);
    assertThat(painted.resized()).isTrue();
    assertThat(painted.inputWidth()).isEqualTo(70);
    Picture shrunk = PillowResize.resize(odd, 64, 48, PillowResize.Filter.LANCZOS);
    assertThat(painted.picture().samples())
        .isEqualTo(diffuser.diffuse(request(shrunk, "a", 2.5)).picture().samples());
  }

  @Test
  void refusesAPictureBelowOneStepOfTheModel() {
    assertThatThrownBy(() -> diffuser.diffuse(request(noise(15, 64), "a", 2.5)))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("picture of 15x64, expected at least 16x16");
  }

  @Test
  void readsGreyAsThreeEqualChannels() throws InterruptedException {
    byte[] samples = new byte[32 * 32];
    new Random(5).nextBytes(samples);
    Picture grey = Picture.grey(32, 32, samples);
    assertThat(diffuser.diffuse(request(grey, "a", 2.5)).picture().samples())
        .isEqualTo(diffuser.diffuse(request(grey.toRgb(), "a", 2.5)).picture().samples());
  }

  @Test
  void keepsNothingFromOnePictureToTheNext() throws InterruptedException {
    Picture picture = noise(32, 48);
    byte[] first = diffuser.diffuse(request(picture, "one", 2.5)).picture().samples();
    byte[] other = diffuser.diffuse(request(noise(48, 32), "another", 7)).picture().samples();
    byte[] again = diffuser.diffuse(request(picture, "one", 2.5)).picture().samples();
    assertThat(again).isEqualTo(first).isNotEqualTo(other);
  }

  @Test
  void theNegativePromptCountsOnlyWithGuidance() throws InterruptedException {
    Picture picture = noise(32, 32);
    assertThat(painted(picture, "no letters", 1)).isEqualTo(painted(picture, "no people", 1));
    assertThat(painted(picture, "no letters", 4)).isNotEqualTo(painted(picture, "no people", 4));
  }

  @Test
  void reportsEveryStep() throws InterruptedException {
    List<String> heard = new ArrayList<>();
    DiffusedPicture painted =
        diffuser.diffuse(
            request(noise(16, 16), "a", 2.5), (done, total) -> heard.add(done + "/" + total));
    // pndm asks about its second time twice: 4 of 5 steps, and one more
    assertThat(heard).containsExactly("0/5", "1/5", "2/5", "3/5", "4/5", "5/5");
    assertThat(painted.stepsRun()).isEqualTo(5);
    assertThat(painted.scheduler()).isEqualTo("pndm");
  }

  @Test
  void stopsAtTheNextStepWhenInterrupted() {
    List<Integer> heard = new ArrayList<>();
    assertThatThrownBy(
            () ->
                diffuser.diffuse(
                    request(noise(16, 16), "a", 2.5),
                    (done, total) -> {
                      heard.add(done);
                      if (done == 2) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class)
        .hasMessageContaining("before step 2 of 5");
    assertThat(heard).containsExactly(0, 1, 2);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void saysThatAPromptWasCut() throws InterruptedException {
    assertThat(diffuser.diffuse(request(noise(16, 16), "word ".repeat(90), 2.5)).promptCut())
        .isTrue();
    assertThat(diffuser.diffuse(request(noise(16, 16), "word", 2.5)).promptCut()).isFalse();
  }

  @Test
  void stripNoiseMakesNeighboursAgree() throws InterruptedException {
    Picture grey = Picture.grey(128, 32, new byte[128 * 32]);
    byte[] left = strip(grey, 0);
    byte[] right = strip(grey, 64);
    byte[] far = strip(grey, 6400);
    // the model sees only so far: compare the middle of the part they share
    assertThat(meanDifference(left, 80, right, 16, 32))
        .isLessThan(meanDifference(left, 80, far, 16, 32) / 2);
  }

  @Test
  void guidesPromptsOfDifferentLength(@TempDir Path root) throws Exception {
    copy(Golden.models().resolve("tiny-sd"), root);
    Path config = root.resolve("text_encoder/config.json");
    Files.writeString(config, Files.readString(config).replace("clip_text_model", "bert"));
    try (Diffuser bare = Diffusers.open(root.toString(), OPTIONS)) {
      byte[] shortPrompt = bare.diffuse(request(noise(32, 32), "rain", 4)).picture().samples();
      byte[] longPrompt =
          bare.diffuse(request(noise(32, 32), "rain on a tin roof", 4)).picture().samples();
      assertThat(shortPrompt).isNotEqualTo(longPrompt);
      assertThat(bare.model().sha256()).isNotEqualTo(diffuser.model().sha256());
    }
  }

  @Test
  void namesItselfAndItsLimits() {
    assertThat(diffuser.model().id()).isEqualTo("tiny-sd");
    assertThat(diffuser.model().sizeStepPixels()).isEqualTo(16);
    assertThat(diffuser.model().scheduler()).isEqualTo("pndm");
    assertThat(diffuser.model().sha256()).hasSize(64);
  }

  @Test
  void refusesAGraphThatIsNone(@TempDir Path root) throws IOException {
    copy(Golden.models().resolve("tiny-sd"), root);
    Files.writeString(root.resolve("unet/model.onnx"), "not a graph");
    assertThatThrownBy(() -> Diffusers.open(root.toString(), OPTIONS))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("unet")
        .hasMessageContaining("no ONNX graph");
  }

  private static byte[] painted(Picture picture, String negative, double guidance)
      throws InterruptedException {
    return diffuser
        .diffuse(
            new DiffusionRequest(
                picture, "a", negative, 0.8, guidance, 5, "", new NoisePlan.Torch(3)))
        .picture()
        .samples();
  }

  private static byte[] strip(Picture picture, long firstColumn) throws InterruptedException {
    return diffuser
        .diffuse(
            new DiffusionRequest(
                picture, "a", "", 0.9, 1, 5, "euler-a", new NoisePlan.Strip(3, firstColumn)))
        .picture()
        .samples();
  }

  private static DiffusionRequest request(Picture picture, String prompt, double guidance) {
    return new DiffusionRequest(picture, prompt, "", 0.8, guidance, 5, "", new NoisePlan.Torch(3));
  }

  private static double meanDifference(byte[] a, int fromA, byte[] b, int fromB, int columns) {
    long sum = 0;
    for (int row = 0; row < 32; row++) {
      for (int i = 0; i < 3 * columns; i++) {
        int left = a[(row * 128 + fromA) * 3 + i] & 0xff;
        int right = b[(row * 128 + fromB) * 3 + i] & 0xff;
        sum += Math.abs(left - right);
      }
    }
    return sum / (32.0 * 3 * columns);
  }

  private static Picture noise(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    new Random(width * 31L + height).nextBytes(samples);
    return Picture.rgb(width, height, samples);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
