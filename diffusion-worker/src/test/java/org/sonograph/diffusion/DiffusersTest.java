package org.sonograph.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.signal.picture.Picture;

class DiffusersTest {

  private static final DiffusionRequest REQUEST =
      new DiffusionRequest(
          Picture.grey(3, 5, new byte[15]), "", "", 0.5, 1, 4, "", new NoisePlan.Torch(1));

  @Test
  void passthroughReturnsThePictureItself() throws InterruptedException {
    try (Diffuser diffuser = Diffusers.open("passthrough")) {
      DiffusedPicture back = diffuser.diffuse(REQUEST);
      assertThat(back.picture()).isSameAs(REQUEST.picture());
      assertThat(back.resized()).isFalse();
      assertThat(diffuser.model().id()).isEqualTo("passthrough");
    }
  }

  @Test
  void passthroughWaitsAsLongAsStated() throws InterruptedException {
    try (Diffuser diffuser = Diffusers.open("passthrough:30")) {
      assertThat(diffuser.diffuse(REQUEST).seconds()).isGreaterThanOrEqualTo(0.03);
      assertThat(diffuser.model().id()).isEqualTo("passthrough:30");
    }
  }

  @Test
  void interruptingPassthroughStopsIt() {
    try (Diffuser diffuser = Diffusers.open("passthrough:60000")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> diffuser.diffuse(REQUEST)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void refusesADelayThatIsNoNumber() {
    assertThatThrownBy(() -> Diffusers.open("passthrough:soon"))
        .isInstanceOf(DiffusionException.class)
        .hasMessage("model=passthrough:soon, expected passthrough:MILLISECONDS, found \"soon\"");
  }

  @Test
  void saysWhereAModelWasLookedFor(@TempDir Path models) {
    DiffuserOptions options = DiffuserOptions.defaults().withModelsFolder(models);
    assertThatThrownBy(() -> Diffusers.open("sketchy", options))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("model=sketchy")
        .hasMessageContaining(models.toString());
  }

  @Test
  void explainsAScheduleWithoutAStep() {
    Picture picture = REQUEST.picture();
    assertThatThrownBy(
            () -> new DiffusionRequest(picture, "", "", 0.2, 1, 4, "", new NoisePlan.Torch(1)))
        .isInstanceOf(DiffusionException.class)
        .hasMessageContaining("steps=4 with strength=0.2 leaves no step to run")
        .hasMessageContaining("use at least 5 steps");
  }

  @Test
  void cutsStepsTimesStrengthAsPythonDoes() {
    DiffusionRequest request =
        new DiffusionRequest(REQUEST.picture(), "", "", 0.29, 1, 100, "", new NoisePlan.Torch(1));
    assertThat(request.stepsRun()).isEqualTo(28);
  }
}
