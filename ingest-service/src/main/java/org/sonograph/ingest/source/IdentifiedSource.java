package org.sonograph.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.schemas.SourceInfo;

/**
 * A file that is known to be sound.
 *
 * @param source the file
 * @param id SHA-256 of its bytes, hexadecimal
 * @param probe what it says about itself
 * @param stamp size and time at which it was read
 */
public record IdentifiedSource(SourceFile source, String id, Probe probe, Stamp stamp) {

  /** Size and time of a file, by which a change is noticed. */
  public record Stamp(long bytes, FileTime modified) {

    /** The file's present stamp. */
    public static Stamp of(Path file) throws IOException {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  /** The same sound, what somebody else says of it in front of its own tags; "" leaves those. */
  public IdentifiedSource labelled(String title, String artist, String licence) {
    Map<String, String> tags = new HashMap<>(probe.tags());
    Map.of("title", title, "artist", artist, "license", licence)
        .forEach(
            (tag, text) -> {
              if (!text.isBlank()) {
                tags.put(tag, text);
              }
            });
    Probe labelled =
        new Probe(
            probe.container(),
            probe.codec(),
            probe.sampleRateHz(),
            probe.channels(),
            probe.declaredSeconds(),
            tags);
    return new IdentifiedSource(source, id, labelled, stamp);
  }

  /** The part of every message that says where the sound came from. */
  public SourceInfo toInfo(int sampleRateHz, int channels, long samples) {
    return SourceInfo.newBuilder()
        .setId(id)
        .setName(source.name())
        .setPath(source.givenPath())
        .setTitle(probe.title())
        .setArtist(probe.artist())
        .setLicence(probe.licence())
        .setSampleRateHz(sampleRateHz)
        .setChannels(channels)
        .setSamples(samples)
        .build();
  }
}
