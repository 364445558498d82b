package org.sonograph.diffusion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSettingsTest {

  @TempDir Path home;

  @Test
  void goesByTheVariablesOfTheHubsOwnTools() throws IOException {
    assertThat(settings(Map.of()).cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(settings(Map.of("HF_HOME", "/models")).cache()).isEqualTo(Path.of("/models/hub"));
    assertThat(settings(Map.of("HF_HOME", "/models", "HF_HUB_CACHE", "/hub")).cache())
        .isEqualTo(Path.of("/hub"));
    assertThat(settings(Map.of()).endpoint()).hasToString("https://huggingface.co");
    assertThat(settings(Map.of("HF_ENDPOINT", "http://127.0.0.1:8080/")).endpoint())
        .hasToString("http://127.0.0.1:8080");
    assertThat(settings(Map.of("HF_HUB_OFFLINE", "1")).isOffline()).isTrue();
    assertThat(settings(Map.of("HF_HUB_OFFLINE", "0")).isOffline()).isFalse();
  }

  @Test
  void takesTheTokenOfALogin() throws IOException {
    assertThat(settings(Map.of()).token()).isEmpty();
    Path login = home.resolve(".cache/huggingface/token");
    Files.createDirectories(login.getParent());
    Files.writeString(login, "from-login\n");
    assertThat(settings(Map.of()).token()).contains("from-login");
    assertThat(settings(Map.of("HF_TOKEN", "named")).token()).contains("named");
  }

  @Test
  void refusesAnEndpointThatIsNoAddress() {
    assertThatThrownBy(() -> settings(Map.of("HF_ENDPOINT", "the hub")))
        .hasMessageContaining("HF_ENDPOINT=the hub, expected an address");
  }

  @Test
  void readsNames() {
    assertThat(HubName.parse("owner/name")).contains(new HubName("owner/name", "main"));
    assertThat(HubName.parse("owner/name@v1.0")).contains(new HubName("owner/name", "v1.0"));
    assertThat(HubName.parse("tiny-sd")).isEmpty();
    assertThat(HubName.parse("../../etc")).isEmpty();
    assertThat(HubName.parse("owner/name@../../x")).isEmpty();
    assertThat(HubName.parse("a/b/c")).isEmpty();
  }

  private HubSettings settings(Map<String, String> variables) {
    return HubSettings.of(variables, home);
  }
}
