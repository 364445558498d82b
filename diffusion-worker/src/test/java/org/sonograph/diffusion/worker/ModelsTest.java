package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
  void theConfiguredModelIsOpenedOnceUnderAllItsNames() throws Exception {
    Models models = models("/models/sketch", Optional.empty());
    assertThat(models.lease("/models/sketch").diffuser())
        .isSameAs(models.lease("sketch").diffuser())
        .isSameAs(models.lease("").diffuser());
    assertThat(opened).containsExactly("/models/sketch");
  }

  @Test
  void aFolderBelowTheModelsFolderIsOpenedWhenItIsAskedFor() throws Exception {
    Files.createDirectory(folder.resolve("other"));
    Models models = models("sketch", Optional.of(folder));
    models.lease("other").giveBack().run();
    models.lease("other").giveBack().run();
    models.lease("sketch").giveBack().run();
    assertThat(opened).containsExactly("sketch", "other", "sketch");
  }

  @Test
  void anotherModelWaitsUntilNobodyHasTheFirst() throws Exception {
    Files.createDirectory(folder.resolve("other"));
    Models models = models("sketch", Optional.of(folder));
    Models.Lease first = models.lease("sketch");
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    models.lease("other");
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    assertThat(other.join(Duration.ofMillis(50))).isFalse();
    first.giveBack().run();
    first.giveBack().run();
    assertThat(other.join(Duration.ofSeconds(10))).isTrue();
    assertThat(opened).containsExactly("sketch", "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../etc", "/etc", "other", ".", "a/b", "passthrough:x"})
  void anyOtherNameIsRefusedAndNamesBoth(String name) {
    Models models = models("sketch", Optional.of(folder));
    assertThatThrownBy(() -> models.lease(name))
        .isInstanceOfSatisfying(DiffusionException.class, e -> assertThat(e.mayPass()).isFalse())
        .hasMessageContaining("model=" + name)
        .hasMessageContaining("sketch");
    assertThat(opened).containsExactly("sketch");
  }
}
