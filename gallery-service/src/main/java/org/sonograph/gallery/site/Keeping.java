package org.sonograph.gallery.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.StringJoiner;

/** How a site comes by the sounds and pictures of a take. */
public enum Keeping {
  /** They stay where they are, and pages point there. */
  REFER,
  /** The site has its own. */
  COPY,
  /** The same file under a second name, where the disk can do that; else a copy. */
  LINK;

  /**
   * Makes a file ready for a page.
   *
   * @param file where it lies
   * @param page folder of the page
   * @param name what it is called beside the page
   * @return what the page calls it
   */
  String link(Path file, Path page, String name) throws IOException {
    if (this == REFER) {
      return url(page.toRealPath().relativize(file.toRealPath()));
    }
    Path own = page.resolve(name);
    if (isSame(file, own)) {
      return url(Path.of(name));
    }
    Files.deleteIfExists(own);
    if (this == LINK) {
      try {
        Files.createLink(own, file.toRealPath());
        return url(Path.of(name));
      } catch (FileSystemException | UnsupportedOperationException e) {
        Files.deleteIfExists(own); // another disk: it is copied
      }
    }
    Files.copy(file, own, StandardCopyOption.COPY_ATTRIBUTES);
    return url(Path.of(name));
  }

  private static boolean isSame(Path file, Path own) throws IOException {
    return Files.exists(own)
        && Files.size(own) == Files.size(file)
        && Files.getLastModifiedTime(own).equals(Files.getLastModifiedTime(file));
  }

  /** A relative path as a URL. */
  static String url(Path path) {
    StringJoiner url = new StringJoiner("/");
    for (Path name : path) {
      StringBuilder encoded = new StringBuilder();
      for (byte b : name.toString().getBytes(StandardCharsets.UTF_8)) {
        char c = (char) (b & 0xff);
        boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0);
        encoded.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
      }
      url.add(encoded);
    }
    return url.toString();
  }
}
