package org.sonograph.launcher.command;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sonograph.launcher.care.Caretaker;
import picocli.CommandLine.Option;

/** Who is told what, where nobody is there. */
final class CareOptions {
  @Option(
      names = "--notify",
      paramLabel = "URL",
      description = {
        "Post the few messages that matter to this address, as plain text (ntfy takes them, as"
            + " many",
        "webhooks do): sound lost and back, what stands in, data set aside, a full disk, a line a"
            + " day."
      })
  URI address;

  @Option(
      names = "--notify-after",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Time that sound is lost before that is told (default: 30).")
  int afterSeconds = 30;

  Caretaker.Wish wish() {
    if (address != null
        && (address.getHost() == null || !List.of("http", "https").contains(address.getScheme()))) {
      throw new IllegalArgumentException(
          "--notify=%s, expected an address such as https://ntfy.sh/my-topic".formatted(address));
    }
    if (afterSeconds < 1) {
      throw new IllegalArgumentException(
          "--notify-after=%d, expected 1 or more".formatted(afterSeconds));
    }
    return new Caretaker.Wish(Optional.ofNullable(address), Duration.ofSeconds(afterSeconds));
  }
}
