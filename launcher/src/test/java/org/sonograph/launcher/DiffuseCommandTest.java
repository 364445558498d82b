package org.sonograph.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;

class DiffuseCommandTest {
  private static final List<String> QUICK =
      List.of("--model", "tiny-sd", "--steps", "2", "--strength", "0.5", "--guidance", "1");

  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void putPicture() throws IOException {
    byte[] pixels = new byte[3 * 32 * 32];
    new Random(1).nextBytes(pixels);
    Files.write(
        folder.resolve("in.png"),
        PngCodec.encode(Picture.rgb(32, 32, pixels), new LinkedHashMap<>()));
  }

  @Test
  void everyVariationHasTheNextSeed() throws Exception {
    assertThat(seeds("--seed", "5")).containsExactly(5L, 6L, 7L);
    assertThat(seeds("--seed", "5", "--noise", "fresh")).containsExactly(5L, 6L, 7L);
  }

  @Test
  void variationsTakeListedSeedsInTurn() throws Exception {
    assertThat(seeds("--seed", "4,9")).containsExactly(4L, 9L, 4L);
    assertThat(seeds("--seed", "4,9", "--noise", "same")).containsExactly(4L, 9L, 4L);
  }

  @Test
  void theSameNoiseHasOneSeed() throws Exception {
    assertThat(seeds("--seed", "5", "--noise", "same")).containsExactly(5L, 5L, 5L);
  }

  @Test
  void aWindowOntoTheStripIsPartOfTheRecipe() throws Exception {
    assertThat(seeds("--seed", "5", "--noise", "strip", "--column", "64"))
        .containsExactly(5L, 6L, 7L);
    assertThat(recipe("out-1.png").path("noise").asText()).isEqualTo("strip");
    assertThat(recipe("out-1.png").path("firstColumn").asLong()).isEqualTo(64);
  }

  @Test
  void likeMakesTheSamePictureFromItsRecipeAlone() throws Exception {
    List<String> args = new ArrayList<>(QUICK);
    args.addAll(List.of("--prompt", "a (calm:1.3) sea", "--prompt-syntax", "weights"));
    args.addAll(List.of("--seed", "3", "--noise", "strip", "--column", "16", "--loop"));
    assertThat(diffuse("in.png", "art.png", args)).isZero();
    assertThat(run("diffuse", "--like", folder.resolve("art.png").toString())).as(said()).isZero();
    assertThat(folder.resolve("art-again.png")).hasSameBinaryContentAs(folder.resolve("art.png"));
    List<String> other = List.of("--like", folder.resolve("art.png").toString(), "--seed", "4");
    assertThat(diffuse("in.png", "other.png", other)).isZero();
    assertThat(Files.readAllBytes(folder.resolve("other.png")))
        .isNotEqualTo(Files.readAllBytes(folder.resolve("art.png")));
  }

  @Test
  void likeTakesNoOtherPictureForTheOneThatWasPaintedOver() throws Exception {
    assertThat(diffuse("in.png", "art.png", List.of("--model", "passthrough"))).isZero();
    Files.write(
        folder.resolve("stranger.png"),
        PngCodec.encode(Picture.grey(8, 8, new byte[64]), new LinkedHashMap<>()));
    List<String> like = List.of("--like", folder.resolve("art.png").toString());
    assertThat(diffuse("stranger.png", "b.png", like)).isEqualTo(ExitCode.BAD_INPUT.number());
    assertThat(said()).contains("is not the picture that").contains("was painted over");
  }

  @Test
  void whatCannotBePaintedIsExplained() throws Exception {
    List<String> few = List.of("--model", "tiny-sd", "--steps", "2", "--strength", "0.4");
    assertThat(diffuse("in.png", "o.png", few)).isEqualTo(ExitCode.USAGE.number());
    assertThat(said()).contains("no step to run");
    List<String> pink = List.of("--model", "passthrough", "--noise", "pink");
    assertThat(diffuse("in.png", "o.png", pink)).isEqualTo(ExitCode.USAGE.number());
    assertThat(said()).contains("--noise=pink, expected one of strip, fresh, same");
    List<String> nobody = List.of("--model", "tiny-sd", "--safety");
    assertThat(diffuse("in.png", "o.png", nobody)).isEqualTo(ExitCode.USAGE.number());
    assertThat(said()).contains("has no safety_checker/");
    assertThat(folder.resolve("o.png")).doesNotExist();
  }

  /** Seeds of three variations. */
  private List<Long> seeds(String... options) throws IOException {
    List<String> args = new ArrayList<>(List.of("--model", "passthrough", "--images", "3"));
    args.addAll(List.of(options));
    assertThat(diffuse("in.png", "out.png", args)).as(said()).isZero();
    List<Long> seeds = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      seeds.add(recipe("out-" + i + ".png").path("seed").asLong());
    }
    return seeds;
  }

  private JsonNode recipe(String name) throws IOException {
    byte[] png = Files.readAllBytes(folder.resolve(name));
    String text = PngCodec.decode(png, PngLimits.DEFAULT).text().get(ArtText.GENERATION_KEY);
    return new ObjectMapper().readTree(text);
  }

  private int diffuse(String in, String out, List<String> options) {
    List<String> args = new ArrayList<>(List.of("diffuse"));
    args.addAll(List.of(folder.resolve(in).toString(), folder.resolve(out).toString()));
    args.addAll(options);
    return run(args.toArray(String[]::new));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private int run(String... args) {
    Terminal terminal =
        new Terminal(
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            80);
    return SonographCommand.execute(terminal, new Presets(folder.resolve("presets")), args);
  }
}
