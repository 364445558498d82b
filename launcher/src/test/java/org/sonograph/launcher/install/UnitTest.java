package org.sonograph.launcher.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  private static final List<String> LIVE =
      List.of("live", "http://radio.example/stream", "--prompt", "100% ink, \"cold\" $light");

  private static String text(Unit.Scope scope) {
    return new Unit(scope, Path.of("/opt/sonograph"), Path.of("/srv"), LIVE).text();
  }

  @Test
  void theMachinesServiceStartsAtBootAndNeverGivesUp() {
    assertThat(text(new Unit.Scope.Machine("sound")).lines())
        .contains(
            "User=sound",
            "WantedBy=multi-user.target",
            "Restart=always",
            "StartLimitIntervalSec=0",
            "Type=notify",
            "NotifyAccess=all",
            "WatchdogSec=120",
            "KillMode=mixed",
            "WorkingDirectory=/srv");
  }

  @Test
  void aUsersServiceNamesNoUserAndStartsWithTheirSession() {
    assertThat(text(new Unit.Scope.User()).lines())
        .contains("WantedBy=default.target")
        .noneMatch(line -> line.startsWith("User="));
  }

  @Test
  void nothingInTheCommandIsExpanded() {
    assertThat(text(new Unit.Scope.User()).lines())
        .contains(
            "ExecStart=/opt/sonograph/sonograph live http://radio.example/stream --prompt"
                + " \"100%% ink, \\\"cold\\\" $$light\"");
  }

  @ParameterizedTest
  @CsvSource({"--port=7463,--port=7463", "'',\"\"", "a b,\"a b\"", "50%,50%%", "a\\b,\"a\\\\b\""})
  void quotesWhatNeedsIt(String word, String quoted) {
    assertThat(Unit.quoted(word)).isEqualTo(quoted);
  }

  @Test
  void refusesWhatWouldBeAnotherLine() {
    assertThatThrownBy(() -> new Unit.Scope.Machine("a\nb")).hasMessageContaining("--run-as");
    assertThatThrownBy(() -> Unit.quoted("a\nExecStartPre=b")).hasMessageContaining("line");
  }

  @Test
  void prometheusIsToldEveryPort() {
    assertThat(new Targets(7463, List.of(7464, 7465)).json().replaceAll("\\s", ""))
        .contains("[\"127.0.0.1:7463\"]")
        .contains("[\"127.0.0.1:7464\",\"127.0.0.1:7465\"]")
        .contains("{\"job\":\"sonograph\"}")
        .contains("{\"job\":\"diffusion-worker\"}");
  }
}
