package org.sonograph.launcher.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A few of many: those whose names, hashed with a seed, come first. The same seed chooses the same,
 * and a larger sample holds the smaller one.
 *
 * @param most how many at most
 * @param seed of the choice
 */
public record Sample(int most, long seed) {
  /** Everything. */
  public static final Sample ALL = new Sample(Integer.MAX_VALUE, 0);

  public Sample {
    if (most < 1) {
      throw new IllegalArgumentException("--sample=" + most + ", expected 1 or more");
    }
  }

  /** The chosen ones, in their order. */
  <T> List<T> of(List<T> all, Function<T, String> name) {
    if (all.size() <= most) {
      return all;
    }
    Set<T> chosen =
        all.stream()
            .sorted(Comparator.comparing(one -> hash(name.apply(one))))
            .limit(most)
            .collect(Collectors.toSet());
    return all.stream().filter(chosen::contains).toList();
  }

  private String hash(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((seed + " ").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
