package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.ingest.source.IdentifiedSource;
import picocli.CommandLine.Option;

/** Which sounds may be used although their licence forbids derived works. */
final class PermissionOption {
  /** Digits of a hash that are enough to name a sound. */
  private static final String HASH = "[0-9a-f]{12,64}";

  @Option(
      names = "--" + Derivatives.OVERRIDE,
      paramLabel = "FILE|ID|SHA256",
      description = {
        "Use this sound although its licence forbids derived works, as CC BY-ND does: its author"
            + " allows it. By file, by the list's id, or by its SHA-256; may be given several times."
            + " Recorded in all that is made of it. Lists have a column of that name, which says who"
            + " allows it."
      })
  List<String> named = new ArrayList<>();

  /** The sound, with the permission that was given for it, if one was. */
  IdentifiedSource applied(IdentifiedSource source, String id) {
    return name(source, id)
        .map(name -> source.permitted("--" + Derivatives.OVERRIDE + " " + name))
        .orElse(source);
  }

  private Optional<String> name(IdentifiedSource source, String id) {
    return named.stream()
        .filter(
            name ->
                !id.isEmpty() && name.equals(id)
                    || name.matches(HASH) && source.id().startsWith(name)
                    || isFile(name, source))
        .findFirst();
  }

  private static boolean isFile(String name, IdentifiedSource source) {
    return name.equals(source.source().givenPath())
        || Path.of(name)
            .toAbsolutePath()
            .normalize()
            .equals(source.source().file().toAbsolutePath().normalize());
  }
}
