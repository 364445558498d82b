package org.sonograph.launcher.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Hashes of a file: SHA-256 by which Sonograph knows it, MD5 by which storage checks it.
 *
 * @param sha256 hexadecimal
 * @param md5 hexadecimal
 */
record FileDigests(String sha256, String md5, long bytes) {
  static FileDigests of(Path file) throws IOException {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    long total = 0;
    byte[] bytes = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
        sha256.update(bytes, 0, n);
        md5.update(bytes, 0, n);
        total += n;
      }
    }
    HexFormat hex = HexFormat.of();
    return new FileDigests(hex.formatHex(sha256.digest()), hex.formatHex(md5.digest()), total);
  }

  String md5Base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(md5));
  }

  static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has " + name, e);
    }
  }
}
