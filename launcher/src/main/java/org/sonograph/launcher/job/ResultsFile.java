package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.FileHash;
import org.sonograph.launcher.s3.CopiedFiles;

/**
 * What became of every sound of a job, as CSV: a line each, its own columns first. Fed back as a
 * list it makes what is not complete.
 */
public final class ResultsFile {
  /** What became of it: complete, failed (some is silence), unreadable, refused or not-made. */
  static final String OUTCOME = "outcome";

  static final String COMPLETE = "complete";
  private static final String CODE = "code";
  private static final String REASON = "reason";
  private static final String TAKE = "take";
  private static final String FOLDER = "folder";
  private static final String FILES = "files";
  private static final String SHA256 = "sha256";

  /** The columns that are added. */
  static final List<String> COLUMNS = List.of(OUTCOME, CODE, REASON, TAKE, FOLDER, FILES, SHA256);

  private static final String BETWEEN = ";";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<SequencedMap<String, String>> lines = new ArrayList<>();

  /** A sound that was done before this job, as the list had it. */
  public void kept(SequencedMap<String, String> own) {
    lines.add(new LinkedHashMap<>(own));
  }

  /** A sound of which nothing could be made. */
  public void unreadable(SequencedMap<String, String> own, String code, String reason) {
    lines.add(line(own, "unreadable", code, reason));
  }

  /** A sound of which nothing may be made. */
  public void refused(SequencedMap<String, String> own, String reason) {
    lines.add(line(own, "refused", "licence", reason));
  }

  /** A sound to which the job did not come. */
  public void notMade(SequencedMap<String, String> own, String take) {
    SequencedMap<String, String> line = line(own, "not-made", "", "");
    line.put(TAKE, take);
    lines.add(line);
  }

  /**
   * A sound and its take; one whose source broke off has failed in part, whenever that was.
   *
   * @throws IOException where the take's files cannot be read
   */
  public void made(SequencedMap<String, String> own, TrackFile track) throws IOException {
    Set<String> codes = new TreeSet<>();
    List<String> reasons = new ArrayList<>(track.failures());
    JsonNode root = JSON.readTree(Files.readAllBytes(track.folder().resolve(TrackFile.NAME)));
    root.path("failures").forEach(failure -> codes.add(failure.path(CODE).asText()));
    String brokenOff = root.path("track").path("endReason").asText();
    if (!brokenOff.isEmpty()) {
      codes.add("incomplete");
      reasons.add("the source broke off: " + brokenOff);
    }
    boolean whole = track.isComplete() && brokenOff.isEmpty();
    SequencedMap<String, String> line =
        line(
            own,
            whole ? COMPLETE : "failed",
            String.join(BETWEEN, codes),
            String.join(BETWEEN + " ", reasons));
    SequencedMap<String, String> files = files(track);
    line.put(TAKE, track.take());
    line.put(FOLDER, track.folder().toString());
    line.put(FILES, String.join(BETWEEN, files.keySet()));
    line.put(SHA256, String.join(BETWEEN, files.values()));
    lines.add(line);
  }

  /** SHA-256 of each sound file of a take; of one that was dropped, as it is in the bucket. */
  private static SequencedMap<String, String> files(TrackFile track) throws IOException {
    Map<String, CopiedFiles.Copied> copied =
        CopiedFiles.read(track.folder()).map(CopiedFiles::files).orElse(Map.of());
    SequencedMap<String, String> files = new LinkedHashMap<>();
    for (TrackFile.Heard heard : track.readings()) {
      Path file = track.folder().resolve(heard.file());
      if (!heard.file().isEmpty() && Files.isRegularFile(file)) {
        files.put(heard.file(), FileHash.of(file));
      } else if (copied.containsKey(heard.file())) {
        files.put(heard.file(), copied.get(heard.file()).sha256());
      }
    }
    return files;
  }

  private static SequencedMap<String, String> line(
      SequencedMap<String, String> own, String outcome, String code, String reason) {
    SequencedMap<String, String> line = new LinkedHashMap<>(own);
    COLUMNS.forEach(column -> line.put(column, ""));
    line.put(OUTCOME, outcome);
    line.put(CODE, code);
    line.put(REASON, reason);
    return line;
  }

  /** The whole file. */
  public byte[] bytes() throws IOException {
    SequencedSet<String> columns = new LinkedHashSet<>();
    lines.forEach(line -> columns.addAll(line.keySet()));
    columns.removeAll(COLUMNS);
    columns.addAll(COLUMNS);
    CsvSchema.Builder schema = CsvSchema.builder();
    columns.forEach(schema::addColumn);
    CsvMapper csv = new CsvMapper();
    StringWriter text = new StringWriter();
    try (SequenceWriter writer =
        csv.writerFor(Map.class).with(schema.build().withHeader()).writeValues(text)) {
      for (SequencedMap<String, String> line : lines) {
        writer.write(line);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
