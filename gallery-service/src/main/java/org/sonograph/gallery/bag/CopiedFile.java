package org.sonograph.gallery.bag;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that was copied, with the hash of what was read.
 *
 * @param sha256 as hexadecimal digits
 * @param bytes its size
 */
record CopiedFile(String sha256, long bytes) {
  /** Copies and hashes in one go. */
  static CopiedFile of(Path file, Path to) throws IOException {
    MessageDigest digest = digest();
    long bytes;
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest);
        OutputStream out = Files.newOutputStream(to)) {
      bytes = in.transferTo(out);
    }
    return new CopiedFile(HexFormat.of().formatHex(digest.digest()), bytes);
  }

  /** The hash of a file as it lies. */
  static String hash(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
