package org.sonograph.ingest;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.sonograph.runtime.settings.Setting;

/** Settings of ingest-service. */
@ConfigMapping(prefix = "sonograph.ingest")
public interface IngestConfig {
  @Setting(doc = "folder for uploads until they are sent; empty = the user's data folder")
  Optional<String> dataDir();

  @Setting(doc = "folder to watch for sound files; empty = none")
  Optional<String> inbox();

  @Setting(
      doc = "time without a change after which a file in the inbox counts as complete",
      unit = "ms",
      min = 100,
      max = 3_600_000)
  @WithDefault("2000")
  int inboxQuietMs();

  @Setting(
      doc =
          "options of takes that do not name them, as for the command line:"
              + " model=NAME&reading=chirp")
  Optional<String> recipe();

  @Setting(
      doc =
          "streams to take in from the start on, one a word:"
              + " name=foyer&source=ADDRESS&prompt=rain; further options: docs/live.md")
  Optional<String> streams();

  @Setting(
      doc = "pictures not yet sound beyond which sending waits",
      unit = "pictures",
      min = 1,
      max = 1_000_000)
  @WithDefault("200")
  int ahead();

  @Setting(doc = "largest upload", unit = "MiB", min = 1, max = 1_048_576)
  @WithDefault("4096")
  int uploadMaxMib();

  @Setting(
      doc = "disk for all uploads that arrive or wait to be sent",
      unit = "MiB",
      min = 1,
      max = 100_000_000)
  @WithDefault("16384")
  int uploadQuotaMib();

  @Setting(
      doc = "uploads that may arrive at the same time; more are told to come again",
      min = 1,
      max = 1000)
  @WithDefault("64")
  int uploadsAtOnce();

  @Setting(doc = "longest sound taken in", unit = "min", min = 1, max = 100_000)
  @WithDefault("1440")
  int longestMinutes();

  @Setting(
      doc = "longest sound of profile notebook, whose one picture holds it all",
      unit = "min",
      min = 1,
      max = 1440)
  @WithDefault("10")
  int notebookLongestMinutes();
}
