package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Something does not come up, or dies at once: a part of the data folder may be torn. */
public final class TornException extends EmbeddedException {
  private static final long serialVersionUID = 1L;

  static final String DISK_FULL = "No space left on device";

  /** What a process says whose data are innocent. */
  private static final List<String> MACHINE =
      List.of(
          "Address already in use",
          "BindException",
          DISK_FULL,
          "Disk quota exceeded",
          "Read-only file system",
          "Permission denied",
          "AccessDeniedException",
          "Too many open files",
          "Cannot allocate memory",
          "insufficient memory",
          "cannot start the");

  private final DataPart part;

  public TornException(DataPart part, String message) {
    super(message);
    this.part = part;
  }

  public TornException(DataPart part, String message, Throwable cause) {
    super(message, cause);
    this.part = part;
  }

  /** What may be torn. */
  public DataPart part() {
    return part;
  }

  /** What went wrong, in one line without a log's last ones. */
  String reason() {
    return getMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("; (the last lines of|its log|it said nothing) .*", "");
  }

  /** True where the machine is to blame and no data are: a busy port, a full disk, no memory. */
  public boolean isOfMachine() {
    return MACHINE.stream().anyMatch(getMessage()::contains);
  }

  /** The same, with what can be done about it. */
  TornException advised(Path data) {
    String torn =
        part.folders().stream()
            .map(name -> data.resolve(name).toString())
            .collect(Collectors.joining(", "));
    String advice =
        isOfMachine()
            ? "Do: see to what the last line says (space on the disk, memory, ports), then start it"
                + " again; the data are not to blame."
            : "Do: start it again; if that fails too, its data are torn: move %s away, or let ./sonograph up --set-aside do so. Finished takes stay."
                .formatted(torn);
    return new TornException(part, getMessage() + "\n" + advice, this);
  }
}
