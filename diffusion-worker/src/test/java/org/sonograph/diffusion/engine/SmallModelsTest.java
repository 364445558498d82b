package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngLimits;

/**
 * Half-precision models with weights in other files, three levels, velocity and sample prediction,
 * zero-terminal-SNR, a tiny autoencoder, a U-Net that is told the guidance: against diffusers in
 * single precision on the same rounded weights.
 */
class SmallModelsTest {

  private static final int MOST_LEVELS = 4;
  private static final double MEAN_LEVELS = 0.2;

  private static final DiffuserOptions OPTIONS = DiffuserOptions.defaults().withThreads(1);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Diffuser> OPEN = new HashMap<>();

  @TempDir static Path folders;

  static Stream<Case> cases() throws IOException {
    JsonNode all = JSON.readTree(file("golden/cases.json").toFile());
    return StreamSupport.stream(all.spliterator(), false).map(Case::new);
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(Diffuser::close);
    OPEN.clear();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void paintsWhatDiffusersPaints(Case golden) throws Exception {
    DiffusedPicture painted = golden.diffuser().diffuse(golden.request());
    byte[] found = painted.picture().samples();
    byte[] expected = golden.expected();
    assertThat(found).hasSameSizeAs(expected);
    Picture mask = golden.mask();
    int most = 0;
    long sum = 0;
    for (int i = 0; i < found.length; i++) {
      int difference = Math.abs((found[i] & 0xff) - (expected[i] & 0xff));
      // outside the mask we keep the picture itself, diffusers its latents
      if (mask.toRgb().samples()[i] != 0) {
        most = Math.max(most, difference);
        sum += difference;
      }
    }
    assertThat(most).as("largest difference").isLessThanOrEqualTo(MOST_LEVELS);
    assertThat((double) sum / found.length).as("mean difference").isLessThan(MEAN_LEVELS);
  }

  private static Path file(String name) {
    try {
      return Path.of(SmallModelsTest.class.getResource("/small-models/").toURI()).resolve(name);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  record Case(JsonNode golden) {

    /** A folder of the parts that this case names, opened once. */
    Diffuser diffuser() throws IOException {
      String key = part("unet") + part("vae") + golden.get("folder_config");
      if (!OPEN.containsKey(key)) {
        Path folder = folders.resolve("model-" + OPEN.size());
        copy(file("small-v"), folder);
        if (part("unet").equals("told")) {
          copy(file("told-unet"), folder.resolve("unet"));
        }
        if (part("vae").equals("tiny")) {
          copy(file("tiny-autoencoder"), folder);
        }
        Path scheduler = folder.resolve("scheduler/scheduler_config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(scheduler.toFile());
        config.setAll((ObjectNode) golden.get("folder_config"));
        JSON.writeValue(scheduler.toFile(), config);
        OPEN.put(key, Diffusers.open(folder.toString(), OPTIONS));
      }
      return OPEN.get(key);
    }

    private String part(String name) {
      return golden.path(name).asText("");
    }

    DiffusionRequest request() throws IOException {
      RequestOptions options =
          RequestOptions.NONE.with(
              new SamplerTuning(
                  golden.path("eta").asDouble(0),
                  golden.path("rescale").asDouble(0),
                  golden.path("spacing").asText("")));
      return new DiffusionRequest(
              picture("in.png"),
              "calm sea, not the storms",
              "rain",
              golden.get("strength").asDouble(),
              golden.get("guidance").asDouble(),
              golden.get("steps").asInt(),
              golden.get("scheduler").asText(),
              new NoisePlan.Torch(golden.get("seed").asLong()))
          .with(golden.has("mask") ? options.withMask(mask()) : options);
    }

    Picture mask() throws IOException {
      if (golden.has("mask")) {
        return picture("mask.png");
      }
      Picture picture = picture("in.png");
      byte[] white = new byte[picture.width() * picture.height()];
      java.util.Arrays.fill(white, (byte) 255);
      return Picture.grey(picture.width(), picture.height(), white);
    }

    /** All cases stand in one picture, one below the other. */
    byte[] expected() throws IOException {
      byte[] all = picture("out.png").samples();
      int size = picture("in.png").toRgb().samples().length;
      int index = 0;
      for (Case other : cases().toList()) {
        if (other.golden.equals(golden)) {
          break;
        }
        index++;
      }
      return java.util.Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }

    private static Picture picture(String name) throws IOException {
      byte[] png = Files.readAllBytes(file("golden").resolve(name));
      return PngCodec.decode(png, PngLimits.DEFAULT).picture();
    }

    @Override
    public String toString() {
      return golden.toString();
    }
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
