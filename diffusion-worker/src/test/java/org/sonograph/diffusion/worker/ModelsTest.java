package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.diffusion.DiffusionException;

class ModelsTest {
  @TempDir Path folder;
  private final List<String> opened = new ArrayList<>();

  private Models models(String configured, Optional<Path> models) {
    return new Models(
        configured,
        models,
        name -> {
          opened.add(name);
          return new FakePaint(request -> {});
        });
  }

  @Test
  void theConfiguredModelIsOpenedOnceUnderAllItsNames() {
    Models models = models("/models/sketch", Optional.empty());
    assertThat(models.named("/models/sketch"))
        .isSameAs(models.named("sketch"))
        .isSameAs(models.named(""));
    assertThat(opened).containsExactly("/models/sketch");
  }

  @Test
  void aFolderBelowTheModelsFolderIsOpenedWhenItIsAskedFor() throws Exception {
    Files.createDirectory(folder.resolve("other"));
    Models models = models("sketch", Optional.of(folder));
    models.named("other");
    models.named("other");
    models.named("sketch");
    assertThat(opened).containsExactly("sketch", "other", "sketch");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../etc", "/etc", "other", ".", "a/b", "passthrough:x"})
  void anyOtherNameIsRefusedAndNamesBoth(String name) {
    Models models = models("sketch", Optional.of(folder));
    assertThatThrownBy(() -> models.named(name))
        .isInstanceOfSatisfying(DiffusionException.class, e -> assertThat(e.mayPass()).isFalse())
        .hasMessageContaining("model=" + name)
        .hasMessageContaining("sketch");
    assertThat(opened).containsExactly("sketch");
  }
}
