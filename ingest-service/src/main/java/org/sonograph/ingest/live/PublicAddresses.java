package org.sonograph.ingest.live;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says which machines an address may name: those of the public internet, and those that were
 * allowed by name. An address from outside can otherwise make this machine ask its own network.
 */
final class PublicAddresses {
  private static final List<int[]> PRIVATE_V4 =
      List.of(
          net(0, 0, 8),
          net(10, 0, 8),
          net(100, 64, 10),
          net(127, 0, 8),
          net(169, 254, 16),
          net(172, 16, 12),
          net(192, 0, 24),
          net(192, 168, 16),
          net(198, 18, 15),
          net(224, 0, 4),
          net(240, 0, 4));

  /** Looks names up. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final boolean allowsPrivate;
  private final Set<String> allowed;
  private final Resolver resolver;

  /**
   * Rules.
   *
   * @param allowsPrivate whether any address will do
   * @param allowed hosts that may lie in a private network
   */
  PublicAddresses(boolean allowsPrivate, Set<String> allowed, Resolver resolver) {
    this.allowsPrivate = allowsPrivate;
    this.allowed = Set.copyOf(allowed.stream().map(h -> h.toLowerCase(Locale.ROOT)).toList());
    this.resolver = resolver;
  }

  /**
   * Looks a host up, once; the caller connects to what is found, so that a second answer cannot
   * lead elsewhere.
   *
   * @throws IOException if the name is not known, or one of its addresses is private
   */
  List<InetAddress> of(String host) throws IOException {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    InetAddress[] found;
    try {
      found = resolver.resolve(bare);
    } catch (UnknownHostException e) {
      throw new IOException("has an unknown host: " + bare, e);
    }
    boolean free = allowsPrivate || allowed.contains(bare.toLowerCase(Locale.ROOT));
    for (InetAddress address : found) {
      if (!free && isPrivate(address)) {
        throw new RefusedAddressException(
            "is refused: %s is %s, inside a private network; allow it with --allow %s, or all with --allow-private"
                .formatted(bare, address.getHostAddress(), bare));
      }
    }
    return List.of(found);
  }

  /** An address that may not be asked; trying again does not help. */
  static final class RefusedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(String message) {
      super(message);
    }
  }

  /** Whether an address is of this machine, its networks, or nobody's. */
  static boolean isPrivate(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return true;
    }
    byte[] b = address.getAddress();
    if (address instanceof Inet6Address) {
      boolean unique = (b[0] & 0xfe) == 0xfc;
      boolean hidden = isZero(b, 0, 12) || starts(b, 0, 0x64, 0xff, 0x9b) || isZero(b, 0, 10);
      boolean sixToFour = (b[0] & 0xff) == 0x20 && b[1] == 2;
      int v4 = sixToFour ? 2 : 12;
      return unique || (hidden || sixToFour) && isPrivateV4(Arrays.copyOfRange(b, v4, v4 + 4));
    }
    return isPrivateV4(b);
  }

  private static boolean isPrivateV4(byte[] b) {
    int bits = (b[0] & 0xff) << 24 | (b[1] & 0xff) << 16 | (b[2] & 0xff) << 8 | b[3] & 0xff;
    return PRIVATE_V4.stream().anyMatch(n -> (bits ^ n[0]) >>> (32 - n[1]) == 0);
  }

  private static boolean isZero(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean starts(byte[] b, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if ((b[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static int[] net(int first, int second, int bits) {
    return new int[] {first << 24 | second << 16, bits};
  }
}
