package org.sonograph.schemas;

import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * Names settings by what they are: takes that differ in nothing but their sound and seed share one.
 */
public final class SettingsHash {
  private SettingsHash() {}

  /**
   * SHA-256, in hex, over the interpretation in the canonical form of {@link TakeIds}, without its
   * seed and the name of its preset.
   */
  public static String of(Interpretation interpretation) {
    Interpretation seedless =
        Interpretation.newBuilder(interpretation)
            .setDiffusion(
                DiffusionSettings.newBuilder(interpretation.getDiffusion()).setSeed(0).build())
            .build();
    var digest = TakeIds.sha256();
    TakeIds.addRecord(digest, "interpretation", seedless);
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The one hash of a job: that of its settings, or one over the different ones in order. */
  public static String ofJob(Collection<String> hashes) {
    TreeSet<String> different = new TreeSet<>(hashes);
    if (different.size() == 1) {
      return different.first();
    }
    var digest = TakeIds.sha256();
    different.forEach(hash -> TakeIds.add(digest, "settings", hash));
    return HexFormat.of().formatHex(digest.digest());
  }
}
