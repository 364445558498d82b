package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.signal.picture.Picture;

/** Prompts in other syntaxes, blends, loops and masks, on a whole model. */
class RequestOptionsTest {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 32;

  private static Diffuser diffuser;

  @BeforeAll
  static void open() {
    diffuser =
        Diffusers.open(
            "tiny-sd", DiffuserOptions.defaults().withThreads(1).withModelsFolder(Golden.models()));
  }

  @AfterAll
  static void close() {
    diffuser.close();
  }

  @Test
  void anotherSyntaxChangesNothingWhereNothingIsWeighedOrLong() throws Exception {
    byte[] plain = painted("a quiet forest", RequestOptions.NONE);
    for (PromptSyntax syntax : PromptSyntax.values()) {
      assertThat(painted("a quiet forest", read(syntax, "", 0))).as(syntax.text()).isEqualTo(plain);
    }
  }

  @Test
  void weightsCountOnlyWhereTheyAreAskedFor() throws Exception {
    RequestOptions weights = read(PromptSyntax.WEIGHTS, "", 0);
    assertThat(painted("a (quiet:1.8) forest", weights))
        .isNotEqualTo(painted("a quiet forest", RequestOptions.NONE))
        .isNotEqualTo(painted("a (quiet:1.8) forest", RequestOptions.NONE));
    assertThat(painted("a (quiet:1) forest", weights))
        .isEqualTo(painted("a quiet forest", RequestOptions.NONE));
  }

  @Test
  void readsBeyondTheEncodersLengthWhereAsked() throws Exception {
    String words = "word ".repeat(90);
    RequestOptions longer = read(PromptSyntax.LONG, "", 0);
    DiffusedPicture whole = diffuser.diffuse(request(words + "rain", longer));
    assertThat(whole.promptCut()).isFalse();
    assertThat(whole.picture().samples()).isNotEqualTo(painted(words + "storm", longer));
    DiffusedPicture cut = diffuser.diffuse(request(words + "rain", RequestOptions.NONE));
    assertThat(cut.promptCut()).isTrue();
    assertThat(cut.picture().samples()).isEqualTo(painted(words + "storm", RequestOptions.NONE));
  }

  @Test
  void blendsFromOnePromptToTheNext() throws Exception {
    byte[] calm = painted("calm sea", RequestOptions.NONE);
    byte[] storm = painted("storm", RequestOptions.NONE);
    byte[] middle = painted("calm sea", read(PromptSyntax.PLAIN, "storm", 0.5));
    assertThat(painted("calm sea", read(PromptSyntax.PLAIN, "storm", 1))).isEqualTo(storm);
    assertThat(difference(middle, calm)).isPositive().isLessThan(difference(storm, calm));
    assertThat(difference(middle, storm)).isPositive().isLessThan(difference(storm, calm));
  }

  @Test
  void aLoopIsAnotherPictureThanAStrip() throws Exception {
    RequestOptions round = RequestOptions.NONE.with(RequestOptions.Edges.JOINED);
    assertThat(painted("a", round))
        .isEqualTo(painted("a", round))
        .isNotEqualTo(painted("a", RequestOptions.NONE));
  }

  @Test
  void keepsWhatIsBlackInTheMaskAndMixesGrey() throws Exception {
    Picture picture = noise();
    byte[] levels = new byte[WIDTH * HEIGHT];
    for (int i = 0; i < levels.length; i++) {
      int column = i % WIDTH;
      levels[i] = (byte) (column < 32 ? 0 : column < 64 ? 255 : 128);
    }
    Picture mask = Picture.grey(WIDTH, HEIGHT, levels);
    byte[] made =
        diffuser
            .diffuse(request(picture, "a", RequestOptions.NONE.withMask(mask)))
            .picture()
            .samples();
    int changed = 0;
    for (int row = 0; row < HEIGHT; row++) {
      for (int i = 0; i < 3 * WIDTH; i++) {
        int at = row * 3 * WIDTH + i;
        if (i < 3 * 32) {
          assertThat(made[at]).isEqualTo(picture.samples()[at]);
        } else if (i < 3 * 64) {
          changed += made[at] == picture.samples()[at] ? 0 : 1;
        }
      }
    }
    assertThat(changed).isGreaterThan(HEIGHT * 3 * 32 / 2);
  }

  @Test
  void refusesAMaskOfAnotherSize() {
    Picture small = Picture.grey(16, 16, new byte[256]);
    assertThatThrownBy(() -> diffuser.diffuse(request("a", RequestOptions.NONE.withMask(small))))
        .hasMessage("mask of 16x16, expected 96x32 like the picture");
  }

  @Test
  void refusesASafetyCheckThatIsNotThere() {
    assertThatThrownBy(
            () ->
                diffuser.diffuse(
                    request("a", RequestOptions.NONE.with(RequestOptions.Safety.CHECKED))))
        .isInstanceOf(DiffusionException.class)
        .hasMessage("safety is asked for, but the model tiny-sd has no safety_checker/");
  }

  @Test
  void refusesTuningThatTheSamplerHasNot() {
    refused(new SamplerTuning(0.5, 0, ""), "eta=0.5, expected 0 with the sampler euler");
    refused(new SamplerTuning(0, 0, "even"), "spacing=even, expected leading, linspace, trailing");
  }

  private static void refused(SamplerTuning tuning, String message) {
    DiffusionRequest request = request("a", RequestOptions.NONE.with(tuning));
    assertThatThrownBy(() -> diffuser.diffuse(request))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining(message);
  }

  private static RequestOptions read(PromptSyntax syntax, String next, double share) {
    return RequestOptions.NONE.with(new PromptReading(syntax, next, share));
  }

  private static byte[] painted(String prompt, RequestOptions options) throws InterruptedException {
    return diffuser.diffuse(request(prompt, options)).picture().samples();
  }

  private static DiffusionRequest request(String prompt, RequestOptions options) {
    return request(noise(), prompt, options);
  }

  private static DiffusionRequest request(Picture picture, String prompt, RequestOptions options) {
    return new DiffusionRequest(
        picture, prompt, "no letters", 0.9, 3, 6, "euler", new NoisePlan.Torch(3), options);
  }

  private static Picture noise() {
    byte[] samples = new byte[WIDTH * HEIGHT * 3];
    new Random(7).nextBytes(samples);
    return Picture.rgb(WIDTH, HEIGHT, samples);
  }

  private static double difference(byte[] a, byte[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
    }
    return sum / a.length;
  }
}
