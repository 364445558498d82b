package org.sonograph.launcher.s3;

/**
 * Name of an object or of a folder of them, {@code s3://bucket/key}.
 *
 * @param key the rest; "" = the whole bucket
 */
public record ObjectUrl(String bucket, String key) {
  private static final String SCHEME = "s3://";
  private static final String SEPARATOR = "/";

  /** Whether a text names something in a bucket. */
  public static boolean isOne(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static ObjectUrl of(String text) {
    String rest = isOne(text) ? text.substring(SCHEME.length()) : "";
    int slash = rest.indexOf(SEPARATOR);
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    if (bucket.isEmpty()) {
      throw new IllegalArgumentException(text + ": expected s3://BUCKET/PREFIX");
    }
    return new ObjectUrl(bucket, slash < 0 ? "" : rest.substring(slash + 1));
  }

  /** Something below it. */
  ObjectUrl resolve(String name) {
    return new ObjectUrl(bucket, folder() + name);
  }

  /** Its key with a slash behind it, unless it is a whole bucket. */
  String folder() {
    return key.isEmpty() || key.endsWith(SEPARATOR) ? key : key + SEPARATOR;
  }

  /** The last part of its key. */
  String name() {
    return key.substring(key.lastIndexOf(SEPARATOR) + 1);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + SEPARATOR + key;
  }
}
