package org.sonograph.ingest.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sonograph.runtime.ffmpeg.Container;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.Probe;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.schemas.SourceInfo;

/**
 * A file that is known to be sound, or a picture to be read as one.
 *
 * @param source the file
 * @param id SHA-256 of its bytes, hexadecimal
 * @param probe what it says about itself
 * @param stamp size and time at which it was read
 * @param told what whoever asks for a take of it says of it
 */
public record IdentifiedSource(SourceFile source, String id, Probe probe, Stamp stamp, Told told) {

  /**
   * What the sound itself cannot say.
   *
   * @param permission who allows works to be derived although its licence does not; "" = nobody
   * @param renderedFrom take whose recipe is used again on it; "" = none
   * @param archiveId what the archive that holds it calls it; "" where nothing is known
   */
  public record Told(String permission, String renderedFrom, String archiveId) {
    private static final Told NOTHING = new Told("", "", "");
  }

  /** A file of which nothing is told. */
  public IdentifiedSource(SourceFile source, String id, Probe probe, Stamp stamp) {
    this(source, id, probe, stamp, Told.NOTHING);
  }

  /** Size and time of a file, by which a change is noticed. */
  public record Stamp(long bytes, FileTime modified) {

    /** The file's present stamp. */
    public static Stamp of(Path file) throws IOException {
      return new Stamp(Files.size(file), Files.getLastModifiedTime(file));
    }
  }

  /**
   * Looks at a file: what it is, what it says about itself, its identity.
   *
   * @throws UnreadableSoundException when it is neither sound nor a picture; ends "NAME ..."
   */
  public static IdentifiedSource look(SourceFile source, FFmpeg ffmpeg) throws IOException {
    Path file = source.file();
    Stamp stamp = Stamp.of(file);
    Optional<PictureFile> picture = PictureFile.look(file);
    Probe probe = picture.isPresent() ? picture.get().probe() : ffmpeg.probe(file);
    return new IdentifiedSource(source, FileHash.of(file), probe, stamp);
  }

  /** Whether it is drawn. */
  public boolean isPicture() {
    return probe.container() == Container.PICTURE;
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
    return new IdentifiedSource(source, id, labelled, stamp, told);
  }

  /** The same sound, of which works may be derived, as somebody says; "" leaves what is told. */
  public IdentifiedSource permitted(String permission) {
    return permission.isBlank()
        ? this
        : told(new Told(permission.strip(), told.renderedFrom(), told.archiveId()));
  }

  /** The same sound, for a take that is rendered again from another one. */
  public IdentifiedSource renderedFrom(String take) {
    return told(new Told(told.permission(), take, told.archiveId()));
  }

  /** The same sound, as an archive calls it. */
  public IdentifiedSource called(String identifier) {
    return told(new Told(told.permission(), told.renderedFrom(), identifier));
  }

  /** What the archive that holds it calls it; "" where nothing is known. */
  public String archiveId() {
    return told.archiveId();
  }

  private IdentifiedSource told(Told other) {
    return new IdentifiedSource(source, id, probe, stamp, other);
  }

  /** The same sound, its file named otherwise. */
  public IdentifiedSource from(SourceFile file) {
    return new IdentifiedSource(file, id, probe, stamp, told);
  }

  /** The part of every message that says where the sound came from. */
  public SourceInfo toInfo(int sampleRateHz, int channels, long samples) {
    return SourceInfo.newBuilder()
        .setId(id)
        .setArchiveId(told.archiveId())
        .setName(source.name())
        .setPath(source.givenPath())
        .setTitle(probe.title())
        .setArtist(probe.artist())
        .setLicence(probe.licence())
        .setSampleRateHz(sampleRateHz)
        .setChannels(channels)
        .setSamples(samples)
        .setPermission(told.permission())
        .setRenderedFrom(told.renderedFrom())
        .build();
  }
}
