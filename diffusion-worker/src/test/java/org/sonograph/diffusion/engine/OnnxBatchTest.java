package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Draft;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.StepListener;
import org.sonograph.signal.picture.Picture;

/** Pictures that share calls of the model are those that had it alone, to within rounding. */
class OnnxBatchTest {

  private static final int MOST_LEVELS = 2;
  private static final double MEAN_LEVELS = 0.05;

  private static Diffuser diffuser;

  @BeforeAll
  static void open() {
    diffuser =
        Diffusers.open("tiny-sd", DiffuserOptions.defaults().withModelsFolder(Golden.models()));
  }

  @AfterAll
  static void close() {
    diffuser.close();
  }

  @Test
  void aBatchPaintsWhatEachWouldAlone() throws InterruptedException {
    List<DiffusionRequest> requests =
        List.of(
            request(1, "rain", "letters", 4, "euler 5"),
            request(2, "a tin roof", "", 7, "euler 5"),
            request(3, "rain", "people", 1, "euler 5"));
    assertAlike(requests);
  }

  @Test
  void samplersWithNoiseOfTheirOwnKeepIt() throws InterruptedException {
    assertAlike(
        List.of(
            request(4, "one", "", 2, "euler-a 6"),
            request(5, "two", "", 2, "euler-a 6"),
            request(6, "three", "no", 1, "euler-a 6")));
  }

  @Test
  void differentSizesAndStepsAreServedApart() throws InterruptedException {
    List<DiffusionRequest> requests =
        List.of(
            request(7, "a", "", 2, "euler 5"),
            new DiffusionRequest(
                noise(48, 32, 8), "a", "", 0.8, 2, 5, "euler", new NoisePlan.Torch(8)),
            request(9, "a", "", 2, "euler 10"));
    List<DiffusedPicture> found = diffuser.diffuse(requests);
    for (int i = 0; i < requests.size(); i++) {
      assertThat(found.get(i).picture().samples())
          .isEqualTo(diffuser.diffuse(requests.get(i)).picture().samples());
    }
  }

  @Test
  void whatWasInterruptedGoesOnInOtherCompany() throws InterruptedException {
    DiffusionRequest first = request(10, "a", "b", 3, "euler 6");
    DiffusionRequest second = request(11, "c", "d", 3, "euler 6");
    List<Draft> drafts = new ArrayList<>();
    drafts.add(diffuser.begin(first));
    drafts.add(diffuser.begin(second));
    assertThatThrownBy(
            () ->
                diffuser.denoise(
                    drafts,
                    (done, total) -> {
                      if (done == 2) {
                        Thread.currentThread().interrupt();
                      }
                    }))
        .isInstanceOf(InterruptedException.class);
    for (Draft draft : drafts) {
      diffuser.denoise(List.of(draft), StepListener.NONE);
    }
    assertClose(diffuser.finish(drafts.get(0)), diffuser.diffuse(first));
    assertClose(diffuser.finish(drafts.get(1)), diffuser.diffuse(second));
  }

  @Test
  void refusesABatchThatCannotShareCalls() throws InterruptedException {
    Draft five = diffuser.begin(request(12, "a", "", 2, "euler 5"));
    Draft ten = diffuser.begin(request(13, "a", "", 2, "euler 10"));
    assertThatThrownBy(() -> diffuser.denoise(List.of(five, ten), StepListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertAlike(List<DiffusionRequest> requests) throws InterruptedException {
    Object key = diffuser.begin(requests.getFirst()).batchKey();
    for (DiffusionRequest request : requests) {
      assertThat(diffuser.begin(request).batchKey()).isEqualTo(key);
    }
    List<DiffusedPicture> found = diffuser.diffuse(requests);
    for (int i = 0; i < requests.size(); i++) {
      assertClose(found.get(i), diffuser.diffuse(requests.get(i)));
    }
  }

  private static void assertClose(DiffusedPicture found, DiffusedPicture expected) {
    byte[] a = found.picture().samples();
    byte[] b = expected.picture().samples();
    assertThat(a).hasSameSizeAs(b);
    int most = 0;
    long sum = 0;
    for (int i = 0; i < a.length; i++) {
      int difference = Math.abs((a[i] & 0xff) - (b[i] & 0xff));
      most = Math.max(most, difference);
      sum += difference;
    }
    assertThat(most).as("largest difference").isLessThanOrEqualTo(MOST_LEVELS);
    assertThat((double) sum / a.length).as("mean difference").isLessThan(MEAN_LEVELS);
  }

  private static DiffusionRequest request(
      long seed, String prompt, String negative, double guidance, String schedule) {
    String[] samplerAndSteps = schedule.split(" ");
    return new DiffusionRequest(
        noise(32, 32, seed),
        prompt,
        negative,
        0.8,
        guidance,
        Integer.parseInt(samplerAndSteps[1]),
        samplerAndSteps[0],
        new NoisePlan.Torch(seed));
  }

  private static Picture noise(int width, int height, long seed) {
    byte[] samples = new byte[width * height * 3];
    new Random(seed).nextBytes(samples);
    return Picture.rgb(width, height, samples);
  }
}
