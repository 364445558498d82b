package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServiceMainTest {
  private static final ServiceFactory NEVER =
      context -> {
        throw new AssertionError("is not started without a broker");
      };

  @Test
  void refusesAWrongSettingWithTwo() {
    assertThat(main().execute(List.of("--kafka.partitons=3"), Map.of())).isEqualTo(ExitCode.USAGE);
    assertThat(main().execute(List.of("--kafka.partitions=0"), Map.of())).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void showsSettingsAndHelpWithZero() {
    assertThat(main().execute(List.of("--show-settings"), Map.of())).isEqualTo(ExitCode.OK);
    assertThat(main().execute(List.of("--help"), Map.of())).isEqualTo(ExitCode.OK);
  }

  @Test
  @Timeout(30)
  void aCheckWithoutBrokerEndsWithSixtyNine() throws IOException {
    assertThat(main().execute(nowhere("--check"), Map.of())).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  @Timeout(30)
  void waitsForTheBrokerUntilItIsStopped() throws Exception {
    ServiceMain main = main();
    List<String> args = nowhere();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> main.execute(args, Map.of()));
    main.stop();
    assertThat(code.get(25, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
  }

  private static ServiceMain main() {
    return new ServiceMain("test-service", NEVER);
  }

  /** Settings that point to a port where nobody listens. */
  private static List<String> nowhere(String... more) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    List<String> args = new java.util.ArrayList<>(List.of(more));
    args.add("--kafka.bootstrap-servers=127.0.0.1:" + port);
    args.add("--registry.url=http://127.0.0.1:" + port);
    return args;
  }
}
