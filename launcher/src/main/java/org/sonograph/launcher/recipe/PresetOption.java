package org.sonograph.launcher.recipe;

import picocli.CommandLine.Option;

/**
 * Where options come from that are not given. {@link PresetArguments} puts them into the command
 * line before it is read; what is left here is the name.
 */
public final class PresetOption {
  /** The option without its dashes. */
  static final String NAME = "preset";

  @Option(
      names = "--" + NAME,
      paramLabel = "NAME|FILE",
      description = {
        "Take the options that are not given from a preset: one of ./sonograph preset list, or a",
        "file with a line option = value for each."
      })
  String preset;

  /** Name of the preset, without folder and extension; empty where there is none. */
  public String name() {
    return preset == null ? "" : Preset.nameOf(preset);
  }
}
