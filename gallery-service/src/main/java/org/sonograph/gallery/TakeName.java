package org.sonograph.gallery;

import java.util.regex.Pattern;

/**
 * The id of a take, and of the take it repairs.
 *
 * <p>A take that makes failed chunks anew is called as the first one, followed by {@code ~} and a
 * number; its sound takes the place of the first one's silence.
 *
 * @param id as in every record
 * @param original id of the take whose folder this belongs to; the same as {@code id} for an
 *     ordinary take
 */
record TakeName(String id, String original) {
  static final char REPAIR = '~';

  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9_-]{1,64}(~[0-9]{1,6})?");

  static TakeName parse(String id) {
    if (!LEGAL.matcher(id).matches()) {
      throw new BadRecordException("take='" + id + "', expected " + LEGAL.pattern());
    }
    int at = id.indexOf(REPAIR);
    return new TakeName(id, at < 0 ? id : id.substring(0, at));
  }

  boolean isRepair() {
    return !id.equals(original);
  }
}
