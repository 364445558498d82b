package org.sonograph.diffusion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.scheduler.SchedulerConfig;

/** An encoder of BERT's kind; CLIP's is proved by whole pictures. */
class TextEncoderTest {

  @Test
  void givesABareSentenceItsMaskAndTypes() throws URISyntaxException {
    try (TextEncoder encoder = bare()) {
      Embedding forest = encoder.encode("a quiet forest");
      assertThat(forest.tokens()).isEqualTo(5);
      assertThat(forest.hidden()).isEqualTo(6);
      // [CLS] is word 2, "a" is word 4: vectors count up in hundredths, six to a word
      assertThat(forest.states()[0]).isEqualTo(0.13f);
      assertThat(forest.states()[6]).isEqualTo(0.25f);
      assertThat(encoder.encode("").tokens()).isEqualTo(2);
    }
  }

  @Test
  void cutsAtTheEncodersPositions() throws URISyntaxException {
    try (TextEncoder encoder = bare()) {
      Embedding whole = encoder.encode("a quiet forest in the rain");
      assertThat(whole.tokens()).isEqualTo(8);
      assertThat(whole.cut()).isFalse();
      Embedding cut = encoder.encode("a quiet forest in the rain rain");
      assertThat(cut.tokens()).isEqualTo(8);
      assertThat(cut.cut()).isTrue();
    }
  }

  @Test
  void remembersPrompts() throws URISyntaxException {
    try (TextEncoder encoder = bare()) {
      assertThat(encoder.encode("rain")).isSameAs(encoder.encode("rain"));
    }
  }

  private static TextEncoder bare() throws URISyntaxException {
    Path root = Path.of(TextEncoderTest.class.getResource("/bare-encoder").toURI());
    return new TextEncoder(
        new ModelFolder(
            root,
            "",
            new ModelFolder.LatentScale(8, 4, 1, 0),
            16,
            new ModelFolder.UnetSettings(4, 0),
            new ModelFolder.EncoderSettings(8, false),
            new SchedulerConfig("PNDMScheduler", Map.of()),
            List.of()),
        new Sessions(DiffuserOptions.defaults().withThreads(1)));
  }
}
