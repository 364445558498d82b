package org.sonograph.gallery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import org.sonograph.runtime.settings.Setting;

/** Settings of gallery-service. */
@ConfigMapping(prefix = "sonograph.gallery")
public interface GalleryConfig {
  @Setting(doc = "folder that gets one folder a take")
  @WithDefault("out")
  String out();

  @Setting(
      doc =
          "how often files are forced to disk and their records forgotten; after a crash this much is done again",
      unit = "ms",
      min = 10,
      max = 60_000)
  @WithDefault("1000")
  int flushIntervalMs();

  @Setting(
      doc = "silence after which an unfinished take is closed as abandoned",
      unit = "s",
      min = 10,
      max = 31_536_000)
  @WithDefault("86400")
  long idleSeconds();

  @Setting(
      doc = "widest file of a scroll; a longer one goes on in further files",
      unit = "px",
      min = 512,
      max = 32_768)
  @WithDefault("32768")
  int scrollMaxWidthPx();

  @Setting(doc = "an installed ffmpeg to encode flac, mp3 and ogg with; empty = the bundled one")
  Optional<String> ffmpeg();

  @Setting(
      doc = "pause after the last repaired chunk before the take's files are made anew",
      unit = "ms",
      min = 0,
      max = 60_000)
  @WithDefault("2000")
  int repairSettleMs();

  @Setting(
      doc = "age at which a take is deleted, unless it is starred; 0 = never. It wants the page",
      unit = "days",
      min = 0,
      max = 36_500)
  @WithDefault("0")
  double keepDays();

  @Setting(
      doc =
          "room that all takes may need, beyond which the oldest are deleted, unless they are starred; 0 = any. It wants the page",
      unit = "GB",
      min = 0,
      max = 1_000_000)
  @WithDefault("0")
  double keepGb();

  @Setting(doc = "serve the page and its HTTP interface")
  @WithDefault("true")
  boolean page();

  @Setting(
      doc =
          "address of an ingest-service in another process, to which the page's uploads go; empty = it is in this one")
  Optional<String> ingestUrl();

  @Setting(doc = "play live streams, and serve their sound over HTTP")
  @WithDefault("true")
  boolean live();

  @Setting(
      doc =
          "let everybody who can reach the server listen to live streams, without a token; setting anything needs one all the same")
  @WithDefault("false")
  boolean liveOpen();

  @Setting(
      doc =
          "sound of each live stream that is kept on disk and heard after a restart until there is new sound; 0 = none",
      unit = "s",
      min = 0,
      max = 86_400)
  @WithDefault("3600")
  int liveMemorySeconds();

  @Setting(
      doc =
          "sound card that a live stream is played on: part of its name, or default; empty = none. It is looked for until it is there, and again when it was away")
  Optional<String> liveCard();

  @Setting(doc = "the stream that the sound card plays; empty = the first that begins")
  Optional<String> liveCardStream();

  @Setting(
      doc =
          "which reading goes to which channels of the sound card, such as inverse=1-2,voices=3,bells=4; empty = all together on 1-2")
  Optional<String> liveRoute();

  @Setting(
      doc = "time without news after which a live stream ends, its listeners with it",
      unit = "s",
      min = 60,
      max = 31_536_000)
  @WithDefault("86400")
  long liveForgetSeconds();

  @Setting(
      doc =
          "time of one pass through the model, for estimates before a picture was painted here; 0 = unknown",
      unit = "s",
      min = 0,
      max = 10_000)
  @WithDefault("0")
  double expectedPassSeconds();
}
