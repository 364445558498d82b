package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.runtime.settings.Settings;

@Timeout(30)
class BeginningTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch served = new CountDownLatch(1);

  /** A service with a part that needs no broker. */
  private final class Early implements ServiceFactory {
    @Override
    public RunningService start(ServiceContext context) throws Exception {
      return begin(context).start(context);
    }

    @Override
    public Beginning begin(ServiceContext context) {
      begun.countDown();
      return new Beginning() {
        @Override
        public RunningService start(ServiceContext later) {
          served.countDown();
          return new RunningService() {
            @Override
            public HealthReport health() {
              return HealthReport.ready();
            }

            @Override
            public void close() {
              ended.countDown();
            }
          };
        }

        @Override
        public void close() {
          ended.countDown();
        }
      };
    }
  }

  private static List<String> nowhere() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return List.of(
          "--kafka.bootstrap-servers=127.0.0.1:" + socket.getLocalPort(), "--http.port=0");
    }
  }

  @Test
  void aProcessBeginsWithoutABrokerAndEndsWhatItBegan() throws Exception {
    ServiceMain main = new ServiceMain("test-service", new Early());
    List<String> args = nowhere();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(() -> main.execute(args, Map.of()));
    assertThat(begun.await(20, TimeUnit.SECONDS)).as("begun without a broker").isTrue();
    main.stop();
    assertThat(code.get(25, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    assertThat(ended.getCount()).as("ended").isZero();
    assertThat(served.getCount()).as("not started").isOne();
  }

  @Test
  void whatIsStartedGoesOnFromWhatWasBegun() throws Exception {
    try (ServiceHost host = ServiceHost.open(Settings.load(nowhere(), Map.of(), List.of()))) {
      host.begin("test-service", new Early());
      assertThat(host.health().get("test-service").isReady()).isFalse();
      host.start(
          "test-service",
          context -> {
            throw new AssertionError("is not begun twice");
          });
      assertThat(host.health().get("test-service").isReady()).isTrue();
    }
    assertThat(ended.getCount()).as("ended").isZero();
  }
}
