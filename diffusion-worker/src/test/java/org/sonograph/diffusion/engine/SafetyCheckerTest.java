package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.Golden;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.signal.picture.Picture;

/** A checker that flags bright pictures; a black mask lets every picture through as it came. */
class SafetyCheckerTest {

  private static final byte DARK = 40;
  private static final byte BRIGHT = (byte) 220;

  @TempDir static Path folder;

  private Diffuser diffuser;

  @BeforeAll
  static void layOut() throws Exception {
    copy(Golden.models().resolve("tiny-sd"));
    copy(Path.of(SafetyCheckerTest.class.getResource("/bright-checker").toURI()));
  }

  private static void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @BeforeEach
  void open() {
    diffuser = Diffusers.open(folder.toString(), DiffuserOptions.defaults().withThreads(1));
  }

  @AfterEach
  void close() {
    diffuser.close();
  }

  @Test
  void whatWentInStandsInForAFlaggedPicture() throws Exception {
    assertThat(diffuse(48, DARK, RequestOptions.Safety.CHECKED).isFlagged()).isFalse();
    DiffusedPicture bright = diffuse(48, BRIGHT, RequestOptions.Safety.CHECKED);
    assertThat(bright.isFlagged()).isTrue();
    assertThat(bright.picture().samples()).containsOnly(BRIGHT);
  }

  @Test
  void nobodyLooksWhereItIsNotAskedFor() throws Exception {
    DiffusedPicture bright = diffuse(48, BRIGHT, RequestOptions.Safety.UNCHECKED);
    assertThat(bright.isFlagged()).isFalse();
    assertThat(bright.picture().samples()).containsOnly(BRIGHT);
  }

  private DiffusedPicture diffuse(int width, byte level, RequestOptions.Safety safety)
      throws InterruptedException {
    byte[] samples = new byte[3 * width * 32];
    Arrays.fill(samples, level);
    Picture black = Picture.grey(width, 32, new byte[width * 32]);
    return diffuser.diffuse(
        new DiffusionRequest(
            Picture.rgb(width, 32, samples),
            "a sea",
            "",
            1,
            1,
            1,
            "euler",
            new NoisePlan.Torch(1),
            RequestOptions.NONE.withMask(black).with(safety)));
  }
}
