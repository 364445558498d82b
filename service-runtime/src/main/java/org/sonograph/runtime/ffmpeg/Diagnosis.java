package org.sonograph.runtime.ffmpeg;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Turns what FFmpeg wrote to its standard error into one plain sentence. */
final class Diagnosis {
  private static final int SIGKILL = 128 + 9;
  private static final int SIGXCPU = 128 + 24;
  private static final int SIGXFSZ = 128 + 25;
  private static final SequencedMap<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("moov atom not found", "is cut off: its index (moov) is missing, nothing decodes");
    MEANINGS.put("Cannot allocate memory", "needs more memory than is allowed to decode it");
    MEANINGS.put("Decoder not found", "uses a codec that is not supported");
    MEANINGS.put("Unknown decoder", "uses a codec that is not supported");
    MEANINGS.put("not on whitelist", "points to another file or address, which is not followed");
    MEANINGS.put("matches no streams", "holds no sound (no audio stream)");
    MEANINGS.put("End of file", "is cut off before its sound begins");
    MEANINGS.put("Invalid data found", "is damaged: nothing in it decodes");
    MEANINGS.put("Invalid argument", "is damaged: its header makes no sense");
    MEANINGS.put("No space left", "could not be written: the disk is full");
  }

  private Diagnosis() {}

  /** Ends the sentence "NAME ...". */
  static String of(int exitCode, List<String> complaints) {
    if (exitCode == SIGXCPU || exitCode == SIGKILL) {
      return "took more processor time than is allowed to decode it";
    }
    if (exitCode == SIGXFSZ) {
      return "made FFmpeg write a file, which is not allowed";
    }
    if (exitCode > 128) {
      return "crashed the decoder (signal " + (exitCode - 128) + ")";
    }
    for (var meaning : MEANINGS.entrySet()) {
      if (complaints.stream().anyMatch(line -> line.contains(meaning.getKey()))) {
        return meaning.getValue();
      }
    }
    String last = complaints.isEmpty() ? "exit code " + exitCode : complaints.getLast();
    return "cannot be decoded: " + last.replaceAll("\\[[^\\]]* @ 0x[0-9a-f]+\\] ?", "").strip();
  }
}
