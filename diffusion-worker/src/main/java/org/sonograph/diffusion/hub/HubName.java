package org.sonograph.diffusion.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository on the hub and one of its revisions.
 *
 * @param repository {@code owner/name}
 * @param revision a branch, tag or commit
 */
public record HubName(String repository, String revision) {

  /** Revision where none is named. */
  public static final String MAIN = "main";

  private static final String PART = "[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?";
  private static final Pattern FORM =
      Pattern.compile("(" + PART + "/" + PART + ")(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,127}))?");

  /** Reads {@code owner/name} or {@code owner/name@revision}; empty where it is neither. */
  public static Optional<HubName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || text.contains("..") || text.contains("--")) {
      return Optional.empty();
    }
    String revision = matcher.group(2) == null ? MAIN : matcher.group(2);
    return Optional.of(new HubName(matcher.group(1), revision));
  }

  /** Folder of the repository in a cache. */
  String folder() {
    return "models--" + repository.replace("/", "--");
  }

  @Override
  public String toString() {
    return revision.equals(MAIN) ? repository : repository + "@" + revision;
  }
}
