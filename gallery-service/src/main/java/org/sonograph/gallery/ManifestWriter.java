package org.sonograph.gallery;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sonograph.gallery.report.ArtFile;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.runtime.ProgramVersion;

/**
 * Writes {@code manifest.json}: every file of a take by size and SHA-256, and what each comes from,
 * in the form that {@link Manifest} reads. It holds no times, and grows in the file alone.
 */
final class ManifestWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> OF_SPECTROGRAM = List.of(Manifest.SOURCE, Manifest.SETTINGS);
  private static final List<String> OF_ART =
      List.of(Manifest.SETTINGS, Manifest.SEED, Manifest.MODEL);
  private static final List<String> OF_SOUND =
      List.of(Manifest.ART, Manifest.SOURCE, Manifest.SETTINGS);

  private final Path folder;
  private final Ancestors ancestors;
  private final String encodedBy;

  /**
   * A writer for a folder.
   *
   * @param encodedBy program that made the sounds' files of what was read; "" where none did
   */
  ManifestWriter(Path folder, Ancestors ancestors, String encodedBy) {
    this.folder = folder;
    this.ancestors = ancestors;
    this.encodedBy = encodedBy;
  }

  /** Writes the file; what is not there, such as a failed chunk's art, has no entry. */
  void write(long pictures, Finisher.Result made) throws IOException {
    Path file = folder.resolve(Manifest.NAME);
    Path temporary = DurableFiles.temporary(file);
    try (JsonGenerator json =
        JSON.createGenerator(Files.newOutputStream(temporary)).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("version", Manifest.VERSION);
      json.writeStringField("take", ancestors.take());
      json.writeStringField("program", ProgramVersion.text());
      json.writeStringField("encodedBy", encodedBy);
      json.writeStringField("format", ancestors.format());
      json.writeObjectField(Manifest.SOURCE, ancestors.source());
      json.writeStringField(Manifest.SETTINGS, ancestors.settingsHash());
      json.writeNumberField(Manifest.SEED, ancestors.seed());
      json.writeObjectField(Manifest.MODEL, ancestors.model());
      json.writeObjectField("interpretation", ancestors.interpretation());
      json.writeArrayFieldStart(Manifest.FILES);
      String spectrograms = pictures(json, Manifest.SPECTROGRAM, pictures);
      String arts = pictures(json, Manifest.ART, pictures);
      for (String sound : made.sounds().values()) {
        entry(json, sound, OF_SOUND);
      }
      for (String scroll : made.files()) {
        entry(json, scroll, List.of(Manifest.ART));
      }
      json.writeEndArray();
      json.writeStringField(Manifest.SPECTROGRAM, spectrograms);
      json.writeStringField(Manifest.ART, arts);
      json.writeEndObject();
    }
    DurableFiles.force(temporary);
    DurableFiles.rename(temporary, file);
  }

  /** Writes an entry a picture; the hash of all, over what {@code sha256sum} would print. */
  private String pictures(JsonGenerator json, String kind, long pictures) throws IOException {
    MessageDigest all = Manifest.digest();
    for (long chunk = 0; chunk < pictures; chunk++) {
      Optional<String> name = picture(kind, chunk);
      if (name.isPresent()) {
        String hash =
            entry(
                json,
                name.get(),
                kind.equals(Manifest.SPECTROGRAM)
                    ? OF_SPECTROGRAM
                    : ofArt(picture(Manifest.SPECTROGRAM, chunk)));
        all.update((hash + "  " + name.get() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(all.digest());
  }

  /** A picture's name in the folder; lean takes keep fewer, in another form. */
  private Optional<String> picture(String kind, long chunk) {
    return ArtFile.named(folder.resolve(kind), "%06d".formatted(chunk))
        .map(file -> kind + file.getFileName());
  }

  private static List<String> ofArt(Optional<String> spectrogram) {
    return Stream.concat(spectrogram.stream(), OF_ART.stream()).toList();
  }

  private String entry(JsonGenerator json, String name, List<String> from) throws IOException {
    Manifest.Entry entry = Manifest.Entry.of(folder, name, from);
    json.writePOJO(entry);
    return entry.sha256();
  }
}
