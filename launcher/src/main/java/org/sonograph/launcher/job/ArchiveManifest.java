package org.sonograph.launcher.job;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sonograph.gallery.report.Manifest;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.runtime.files.WholeFile;

/**
 * Writes {@code manifest.jsonl}, a line a take: whose sound, which settings, which model, every
 * output by hash, and the hash of the take's own manifest, which names the rest. Beside it lies its
 * checksum, as {@code sha256sum -c} reads it. One take at a time is in memory.
 */
public final class ArchiveManifest {
  /** Name of the file in the output folder. */
  public static final String NAME = "manifest.jsonl";

  private static final String CHECKSUM = NAME + ".sha256";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path out;

  public ArchiveManifest(Path out) {
    this.out = out;
  }

  /** Writes both files, in the order of the takes' folders; nothing where there is no take. */
  public void write(Collection<TrackFile> takes) {
    if (takes.isEmpty()) {
      return;
    }
    try {
      Path temporary = WholeFile.partial(out.resolve(NAME));
      String hash = lines(temporary, sorted(takes));
      WholeFile.show(temporary, out.resolve(NAME));
      Files.writeString(out.resolve(CHECKSUM), hash + "  " + NAME + "\n");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, out.resolve(NAME) + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static List<TrackFile> sorted(Collection<TrackFile> takes) {
    return takes.stream().sorted(Comparator.comparing(TrackFile::folder)).toList();
  }

  private String lines(Path file, List<TrackFile> takes) throws IOException {
    MessageDigest digest = Manifest.digest();
    try (OutputStream bytes =
            new DigestOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), digest);
        JsonGenerator json =
            JSON.createGenerator(bytes).setPrettyPrinter(new MinimalPrettyPrinter("\n"))) {
      for (TrackFile take : takes) {
        json.writeTree(line(take));
      }
      json.writeRaw('\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private ObjectNode line(TrackFile take) throws IOException {
    Path folder = take.folder();
    ObjectNode line = JSON.createObjectNode();
    line.put("take", take.take());
    line.put("folder", out.relativize(folder).toString().replace('\\', '/'));
    line.put("state", take.state());
    Optional<Manifest> manifest = Manifest.read(folder);
    if (manifest.isEmpty()) {
      // it is not closed yet, or was made by a version that wrote none
      line.putObject(Manifest.SOURCE).put("id", take.sourceId()).put("name", take.sourceName());
      return line.put("manifest", "");
    }
    describe(line, manifest.get());
    return line.put("manifest", FileHash.of(folder.resolve(Manifest.NAME)));
  }

  private static void describe(ObjectNode line, Manifest manifest) {
    JsonNode source = manifest.source();
    line.set(Manifest.SOURCE, source);
    line.put(Manifest.SETTINGS, manifest.settings());
    line.put(Manifest.SEED, manifest.seed());
    line.set(Manifest.MODEL, JSON.valueToTree(manifest.model()));
    line.put("program", manifest.program());
    ObjectNode outputs = line.putObject("outputs");
    manifest.outputs().forEach(entry -> outputs.put(entry.file(), entry.sha256()));
  }
}
