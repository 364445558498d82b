package org.sonograph.runtime.ffmpeg;

import java.util.Locale;

/** Operating system and processor, in the words of bytedeco's classifiers. */
record Platform(String system, String processor) {

  static Platform current() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String system = os.contains("win") ? "windows" : os.contains("mac") ? "macosx" : "linux";
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64") || arch.equals("x64");
    return new Platform(system, arm ? "arm64" : intel ? "x86_64" : arch);
  }

  String classifier() {
    return system + "-" + processor;
  }

  boolean windows() {
    return system.equals("windows");
  }

  boolean linux() {
    return system.equals("linux");
  }

  String executable(String name) {
    return windows() ? name + ".exe" : name;
  }
}
