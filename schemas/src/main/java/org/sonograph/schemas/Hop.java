package org.sonograph.schemas;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What a record says of the hop that wrote it, in a header beside the trace context. All times are
 * milliseconds since 1970 on the clock of the machine that wrote them; 0 = not known.
 *
 * @param stage service that wrote the record
 * @param parent span of the record it came of; empty for the first
 * @param times when what happened
 * @param attempt how many times that record had been given out, from 1
 * @param process who wrote it: process id and machine
 */
public record Hop(String stage, String parent, Times times, int attempt, String process) {
  private static final String HEADER = "sonograph.hop";
  private static final String STAGE = "stage";
  private static final String PARENT = "parent";
  private static final String BEGUN = "begun-ms";
  private static final String TAKEN = "taken-ms";
  private static final String DONE = "done-ms";
  private static final String WRITTEN = "written-ms";
  private static final String ATTEMPT = "attempt";
  private static final String PROCESS = "process";

  /**
   * When what happened.
   *
   * @param begun the chunk was first written to a topic
   * @param taken the hop took up the record it answers
   * @param done its work was done
   * @param written its record was written; later than done where it waited for its turn
   */
  public record Times(long begun, long taken, long done, long written) {}

  /** What the headers say; empty where they say nothing or something else. */
  public static Optional<Hop> read(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    Map<String, String> text = new HashMap<>();
    for (String pair : new String(header.value(), StandardCharsets.UTF_8).split(";")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        text.put(pair.substring(0, at), pair.substring(at + 1));
      }
    }
    try {
      return Optional.of(
          new Hop(
              text.getOrDefault(STAGE, ""),
              text.getOrDefault(PARENT, ""),
              new Times(
                  number(text, BEGUN),
                  number(text, TAKEN),
                  number(text, DONE),
                  number(text, WRITTEN)),
              (int) number(text, ATTEMPT),
              text.getOrDefault(PROCESS, "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Writes the header in the place of an earlier one. */
  void writeTo(Headers headers) {
    String text =
        "%s=%s;%s=%s;%s=%d;%s=%d;%s=%d;%s=%d;%s=%d;%s=%s"
            .formatted(
                STAGE,
                stage,
                PARENT,
                parent,
                BEGUN,
                times.begun(),
                TAKEN,
                times.taken(),
                DONE,
                times.done(),
                WRITTEN,
                times.written(),
                ATTEMPT,
                attempt,
                PROCESS,
                process);
    headers.remove(HEADER);
    headers.add(HEADER, text.getBytes(StandardCharsets.UTF_8));
  }

  /** This process, as its hops name it. */
  public static String ofThisProcess() {
    return ThisProcess.NAME;
  }

  private static long number(Map<String, String> text, String name) {
    return Long.parseLong(text.getOrDefault(name, "0"));
  }

  /** Asked for once: a machine's name may come from the network. */
  private static final class ThisProcess {
    private static final String NAME = ProcessHandle.current().pid() + "@" + machine();

    private static String machine() {
      try {
        return InetAddress.getLocalHost().getHostName().replace(';', '_');
      } catch (UnknownHostException e) {
        return "localhost";
      }
    }
  }
}
