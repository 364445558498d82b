package org.sonograph.launcher.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sonograph.ingest.source.IdentifiedSource;

/**
 * Where the archive's own identifier of a sound stands.
 *
 * @param place which
 * @param tag name of the tag, lower case; "" = whichever of the usual ones is there
 */
public record IdFrom(Place place, String tag) {
  /** Nowhere: sounds have no identifier. */
  public static final IdFrom NOTHING = new IdFrom(Place.NOTHING, "");

  /** In the list's column of that name. */
  public static final IdFrom COLUMN = new IdFrom(Place.COLUMN, "");

  private static final List<String> USUAL_TAGS = List.of("identifier", "catalognumber", "isrc");
  private static final String TAG = "tag";

  /** What an identifier is taken from. */
  public enum Place {
    NOTHING,
    PATH,
    COLUMN,
    TAG
  }

  /**
   * Reads {@code path}, {@code column}, {@code tag} or {@code tag:NAME}.
   *
   * @throws IllegalArgumentException where it is none of them
   */
  public static IdFrom of(String text) {
    if (text.startsWith(TAG + ":") && text.length() > TAG.length() + 1) {
      return new IdFrom(Place.TAG, text.substring(TAG.length() + 1).toLowerCase(Locale.ROOT));
    }
    return switch (text) {
      case "path" -> new IdFrom(Place.PATH, "");
      case "column" -> COLUMN;
      case TAG -> new IdFrom(Place.TAG, "");
      default ->
          throw new IllegalArgumentException(
              "--id-from=" + text + ", expected path, column, tag or tag:NAME");
    };
  }

  /** The identifier of a sound; "" where it has none. */
  String of(IdentifiedSource source, String column) {
    return switch (place) {
      case NOTHING -> "";
      case PATH -> source.source().path();
      case COLUMN -> column;
      case TAG -> tagged(source.probe().tags());
    };
  }

  /** Where identifiers were looked for, in words. */
  String whereShown() {
    if (place != Place.TAG) {
      return "the column " + RowFile.ID;
    }
    return tag.isEmpty() ? "their tags " + String.join(", ", USUAL_TAGS) : "the tag " + tag;
  }

  private String tagged(Map<String, String> tags) {
    return (tag.isEmpty() ? USUAL_TAGS : List.of(tag))
        .stream()
            .map(name -> tags.getOrDefault(name, "").strip())
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse("");
  }
}
