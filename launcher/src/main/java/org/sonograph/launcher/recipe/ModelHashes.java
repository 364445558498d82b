package org.sonograph.launcher.recipe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.sonograph.diffusion.engine.FolderHash;
import org.sonograph.runtime.provenance.DigitalSource;

/** Hashes of the models on this machine, each taken once. */
public final class ModelHashes {
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private ModelHashes() {}

  /** SHA-256 over a model's files, as a worker has it; "" for what has no files, or not here. */
  public static String of(String model) {
    if (DigitalSource.ofModel(model) == DigitalSource.DATA) {
      return "";
    }
    return KNOWN.computeIfAbsent(
        model, name -> ModelPlaces.folder(name).map(FolderHash::sha256).orElse(""));
  }
}
