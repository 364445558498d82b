package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.RegistryUnavailableException;
import org.sonograph.schemas.TakeEvent;

@Timeout(30)
class AbsenceTest {
  private final InMemoryRegistry registry = RegistryClient.inMemory();

  @Test
  void aShortAbsenceOfTheRegistryIsWaitedOut() throws Exception {
    PatientRegistry patient = new PatientRegistry(registry, Duration.ofSeconds(20));
    registry.goAway();
    CompletableFuture<Integer> id =
        CompletableFuture.supplyAsync(() -> patient.idOf("s", TakeEvent.getClassSchema()));
    registry.comeBack();
    assertThat(id.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void aLongAbsenceOfTheRegistryIsTheCallersToRetry() {
    registry.goAway();
    assertThatThrownBy(() -> new PatientRegistry(registry, Duration.ZERO).schemaOf(1))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    registry.goAway();
    PatientRegistry patient = new PatientRegistry(registry, Duration.ofDays(1));
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    patient.schemaOf(1);
                  } catch (RegistryUnavailableException e) {
                    end.complete(e);
                  }
                });
    thread.interrupt();
    assertThat(end.get(10, TimeUnit.SECONDS)).hasMessageContaining("is away");
  }

  @Test
  void aBrokerThatIsAwayIsTheReasonForNotBeingReady() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0)) {
      nobody = socket.getLocalPort();
    }
    String address = "127.0.0.1:" + nobody;
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", address));
        Backends backends = new Backends(admin, registry, address)) {
      assertThat(backends.probe()).isPresent();
      assertThat(backends.health().isReady()).isFalse();
      assertThat(backends.health().reason()).contains("broker " + address);
      admin.close(Duration.ZERO);
    }
  }
}
