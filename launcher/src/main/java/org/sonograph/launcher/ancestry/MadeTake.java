package org.sonograph.launcher.ancestry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.gallery.report.RecordJson;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;

/**
 * A take that was made and closed.
 *
 * @param folder its folder
 * @param manifest what it says of its files
 * @param source whose sound
 * @param interpretation what was done with it
 */
public record MadeTake(
    Path folder, Manifest manifest, SourceInfo source, Interpretation interpretation) {

  /** Whether a folder is that of a take, finished or not. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(TrackFile.NAME));
  }

  /**
   * The take in a folder.
   *
   * @throws CommandFailure where there is none that is closed, or its manifest is no such thing
   */
  public static MadeTake in(Path folder) {
    try {
      Manifest manifest =
          Manifest.read(folder)
              .orElseThrow(
                  () ->
                      new CommandFailure(
                          isIn(folder) ? ExitCode.BAD_INPUT : ExitCode.NO_INPUT,
                          "%s: no %s in it: %s"
                              .formatted(
                                  folder,
                                  Manifest.NAME,
                                  isIn(folder)
                                      ? "the take is not finished, or was made by a version that wrote none"
                                      : "no folder of a take")));
      return new MadeTake(
          folder,
          manifest,
          RecordJson.read(manifest.source(), SourceInfo.newBuilder().build()),
          RecordJson.read(manifest.interpretation(), Interpretation.newBuilder().build()));
    } catch (IOException | IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s cannot be read: %s".formatted(folder.resolve(Manifest.NAME), e.getMessage()),
          e);
    }
  }

  /** Its id. */
  public String id() {
    return manifest.take();
  }
}
