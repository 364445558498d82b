package org.sonograph.download;

import java.util.Locale;
import java.util.regex.Pattern;

/** A kind of machine there is a download for. */
enum Platform {
  LINUX_X64("linux[-/]?(?:x64|x86_64|x86-64|amd64|64)", "linux-x86_64", Archive.Kind.TAR_GZ, true),
  MACOS_ARM64(
      "(?:osx|macosx|macos|darwin|mac)[-_/](?:arm64|aarch64|aarch_64)",
      "macosx-arm64",
      Archive.Kind.ZIP,
      false);

  private static final Pattern NATIVE =
      Pattern.compile(
          "\\.(?:so|dylib|jnilib|dll|a)(?:\\.\\d+)*$|\\.dSYM/", Pattern.CASE_INSENSITIVE);

  private final Pattern own;
  private final String ffmpegClassifier;
  private final Archive.Kind archive;
  private final boolean bringsJava;

  Platform(String own, String ffmpegClassifier, Archive.Kind archive, boolean bringsJava) {
    this.own = Pattern.compile("(?:^|[-/])" + own + "(?=[./])", Pattern.CASE_INSENSITIVE);
    this.ffmpegClassifier = ffmpegClassifier;
    this.archive = archive;
    this.bringsJava = bringsJava;
  }

  /** Name in file names, as {@code linux-x64}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Classifier of FFmpeg's artifact. */
  String ffmpegClassifier() {
    return ffmpegClassifier;
  }

  /** How the folder is packed. */
  Archive.Kind archive() {
    return archive;
  }

  /** True if the folder has a Java of its own. */
  boolean bringsJava() {
    return bringsJava;
  }

  /** True for native code. */
  static boolean isNative(String entry) {
    return NATIVE.matcher(entry).find();
  }

  /** True for what this platform's jars hold: all that is not native, and its own natives. */
  boolean keeps(String entry) {
    return !isNative(entry) || !entry.contains(".dSYM/") && own.matcher(entry).find();
  }
}
