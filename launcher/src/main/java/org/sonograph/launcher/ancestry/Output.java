package org.sonograph.launcher.ancestry;

import java.nio.file.Path;
import org.sonograph.gallery.report.Manifest;

/**
 * A sound that was made.
 *
 * @param file where it lies now
 * @param entry what its take's manifest says of it
 * @param take the take
 */
public record Output(Path file, Manifest.Entry entry, MadeTake take) {}
