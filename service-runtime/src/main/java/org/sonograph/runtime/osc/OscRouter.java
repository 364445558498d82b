package org.sonograph.runtime.osc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Brings messages {@code /sonograph/STREAM/NAME...} to who takes them; STREAM may be a pattern. */
final class OscRouter {
  private final List<OscControl> controls = new CopyOnWriteArrayList<>();

  /** Why something did not change. */
  record Refusal(String address, String reason) {}

  void add(OscControl control) {
    controls.add(control);
  }

  /** Takes a message; what was refused. */
  List<Refusal> take(OscMessage message) {
    String address = message.address();
    List<String> parts =
        address.startsWith(OscMessage.ROOT)
            ? Arrays.asList(address.substring(OscMessage.ROOT.length()).split("/", -1))
            : List.of();
    if (parts.size() < 2) {
      return List.of(
          new Refusal(
              address, "expected an address like %sSTREAM/prompt".formatted(OscMessage.ROOT)));
    }
    List<String> path = parts.subList(1, parts.size());
    Optional<OscControl> control =
        controls.stream().filter(c -> c.names().contains(path.getFirst())).findFirst();
    if (control.isEmpty()) {
      return List.of(
          new Refusal(
              address, "unknown: %s, expected one of %s".formatted(path.getFirst(), names())));
    }
    return apply(control.get(), parts.getFirst(), path, message);
  }

  private static List<Refusal> apply(
      OscControl control, String streams, List<String> path, OscMessage message) {
    Collection<String> all = control.streams();
    Pattern pattern = pattern(streams);
    List<String> meant = all.stream().filter(n -> pattern.matcher(n).matches()).toList();
    if (meant.isEmpty()) {
      String known = all.isEmpty() ? "one that was begun" : String.join(", ", all);
      return List.of(
          new Refusal(message.address(), "no stream of that name here, expected " + known));
    }
    List<Refusal> refusals = new ArrayList<>();
    for (String stream : meant) {
      try {
        control.change(stream, path, message.arguments());
      } catch (RuntimeException e) {
        refusals.add(new Refusal(message.address(), String.valueOf(e.getMessage())));
      }
    }
    return refusals;
  }

  private String names() {
    SortedSet<String> names = new TreeSet<>();
    controls.forEach(control -> names.addAll(control.names()));
    return String.join(", ", names);
  }

  /** OSC's own patterns: * and ? within a part, [a-z], [!a-z], {one,other}. */
  static Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    boolean isChoice = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = c == '[' ? text.indexOf(']', i) : -1;
      if (end > i + 1 && text.substring(i + 1, end).matches("!?[a-z0-9-]+")) {
        regex.append('[').append(text.substring(i + 1, end).replaceFirst("!", "^")).append(']');
        i = end;
        continue;
      }
      isChoice = c == '{' || isChoice && c != '}';
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            case '{' -> "(?:";
            case '}' -> ")";
            case ',' -> isChoice ? "|" : Pattern.quote(",");
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (IllegalArgumentException e) {
      // brackets that are not closed mean themselves
      return Pattern.compile(Pattern.quote(text));
    }
  }
}
