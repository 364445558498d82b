package org.sonograph.diffusion.engine;

import java.nio.file.Path;
import java.util.List;

/** Looks at a model folder without loading it. */
public final class FolderLook {

  private FolderLook() {}

  /**
   * Reads configurations and graphs' descriptions.
   *
   * @return what would be taken for granted where the folder is silent
   * @throws org.sonograph.diffusion.DiffusionException where it is not what this engine runs
   */
  public static List<String> at(Path root) {
    return ModelFolder.read(root).remarks();
  }
}
