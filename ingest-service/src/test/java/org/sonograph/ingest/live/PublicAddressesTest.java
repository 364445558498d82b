package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.1.9",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::5",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::"
      })
  void knowsWhatIsPrivate(String address) throws IOException {
    assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "93.184.216.34",
        "172.32.0.1",
        "100.128.0.1",
        "2606:2800:220:1::",
        "2002:5db8:d822::"
      })
  void knowsWhatIsPublic(String address) throws IOException {
    assertThat(PublicAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void refusesAPublicNameThatLeadsInside() {
    PublicAddresses rules = rules(false, Set.of(), "93.184.216.34", "192.168.1.1");
    assertThatThrownBy(() -> rules.of("radio.example"))
        .isInstanceOf(PublicAddresses.RefusedAddressException.class)
        .hasMessageContaining("--allow radio.example");
  }

  @Test
  void letsPassWhatIsAllowedByNameOrAltogether() throws IOException {
    assertThat(rules(false, Set.of("Radio.Example"), "10.0.0.1").of("radio.example")).hasSize(1);
    assertThat(rules(true, Set.of(), "10.0.0.1").of("radio.example")).hasSize(1);
  }

  @Test
  void looksANameUpOnce() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    PublicAddresses rules =
        new PublicAddresses(
            false,
            Set.of(),
            host -> {
              asked.incrementAndGet();
              return new InetAddress[] {InetAddress.getByName("93.184.216.34")};
            });
    rules.of("radio.example");
    assertThat(asked).hasValue(1);
  }

  private static PublicAddresses rules(boolean any, Set<String> allowed, String... found) {
    return new PublicAddresses(
        any,
        allowed,
        host -> {
          InetAddress[] all = new InetAddress[found.length];
          for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByName(found[i]);
          }
          return all;
        });
  }
}
