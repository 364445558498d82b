package org.sonograph.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Logger;

/**
 * Makes every platform's folder and packs it.
 *
 * <p>Usage: {@code DownloadMain HOME NATIVES VERSION OUT}
 */
public final class DownloadMain {
  private static final double MB = 1e6;
  private static final Logger LOG = Logger.getLogger(DownloadMain.class.getName());

  private DownloadMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Path out = Path.of(args[3]);
    for (Platform platform : Platform.values()) {
      Path folder = out.resolve("sonograph-" + args[2] + "-" + platform.text());
      new DownloadFolder(Path.of(args[0]), Path.of(args[1]), platform).make(folder);
      Path packed = Archive.pack(folder, platform.archive());
      say(folder, FolderWalk.bytes(folder));
      say(packed, Files.size(packed));
    }
  }

  private static void say(Path what, long bytes) {
    LOG.info(String.format(Locale.ROOT, "%s: %.0f MB", what, bytes / MB));
  }
}
