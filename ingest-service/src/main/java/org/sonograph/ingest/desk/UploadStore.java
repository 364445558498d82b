package org.sonograph.ingest.desk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.TraceContext;

/**
 * Uploads that are not yet sent, a folder each: the sound, and the order with the schema it was
 * written in. They outlive a kill, and an upgrade.
 */
public final class UploadStore {
  private static final Logger LOG = LoggerFactory.getLogger(UploadStore.class);
  private static final String SOUND = "sound";
  private static final String ORDER = "order.properties";
  private static final String NAME = "name";
  private static final String PERMISSION = "permission";
  private static final String FORMAT = "format";
  private static final String OCCURRENCE = "occurrence";
  private static final String SCHEMA = "schema";
  private static final String INTERPRETATION = "interpretation";
  private static final String TRACE_PARENT = "trace-parent";
  private static final String TRACE_STATE = "trace-state";

  private final Path folder;

  public UploadStore(Path folder) {
    this.folder = folder;
  }

  /**
   * An upload with what is to become of it.
   *
   * @param permission who allows it where its licence does not; "" = nobody
   */
  public record Upload(SourceFile source, TakeOrder order, String permission) {}

  /** Keeps an upload until {@link #remove}; its file is moved. */
  public Upload keep(String take, Upload upload) throws IOException {
    SourceFile source = upload.source();
    Path home = folder.resolve(take);
    SourceFile kept = new SourceFile(home.resolve(SOUND), source.givenPath(), source.name());
    if (Files.isDirectory(home)) {
      Files.delete(source.file());
      return new Upload(kept, upload.order(), upload.permission());
    }
    Path partial = Files.createDirectories(folder.resolve("." + take));
    write(partial.resolve(ORDER), upload);
    Files.move(source.file(), partial.resolve(SOUND), StandardCopyOption.REPLACE_EXISTING);
    Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
    return new Upload(kept, upload.order(), upload.permission());
  }

  /** Forgets an upload. */
  public void remove(String take) throws IOException {
    Path home = folder.resolve(take);
    Files.deleteIfExists(home.resolve(ORDER));
    Files.deleteIfExists(home.resolve(SOUND));
    Files.deleteIfExists(home);
  }

  /** What an earlier process did not finish, oldest first. */
  public List<Upload> pending() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Upload> uploads = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> homes =
          all.filter(home -> !home.getFileName().toString().startsWith("."))
              .filter(home -> Files.exists(home.resolve(ORDER)))
              .sorted(Comparator.comparing(UploadStore::age))
              .toList();
      for (Path home : homes) {
        read(home).ifPresent(uploads::add);
      }
    }
    return uploads;
  }

  private static long age(Path home) {
    try {
      return Files.getLastModifiedTime(home.resolve(ORDER)).toMillis();
    } catch (IOException e) {
      return Long.MAX_VALUE; // it goes last; reading it says what is wrong
    }
  }

  private static Optional<Upload> read(Path home) {
    Properties text = new Properties();
    try (Reader in = Files.newBufferedReader(home.resolve(ORDER))) {
      text.load(in);
      SpecificDatumReader<Interpretation> reader = new SpecificDatumReader<>(Interpretation.class);
      reader.setSchema(new Schema.Parser().parse(text.getProperty(SCHEMA, "")));
      byte[] bytes = Base64.getDecoder().decode(text.getProperty(INTERPRETATION, ""));
      Interpretation interpretation =
          reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
      String name = text.getProperty(NAME, SOUND);
      TakeOrder order =
          new TakeOrder(
              interpretation,
              text.getProperty(FORMAT, ""),
              Long.parseLong(text.getProperty(OCCURRENCE, "0")),
              TraceContext.parse(
                  text.getProperty(TRACE_PARENT, ""), text.getProperty(TRACE_STATE, "")));
      return Optional.of(
          new Upload(
              new SourceFile(home.resolve(SOUND), name, name),
              order,
              text.getProperty(PERMISSION, "")));
    } catch (IOException | RuntimeException e) {
      LOG.warn("upload {} cannot be gone on with: {}", home, e.getMessage());
      return Optional.empty();
    }
  }

  private static void write(Path file, Upload upload) throws IOException {
    TakeOrder order = upload.order();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new SpecificDatumWriter<>(Interpretation.class).write(order.interpretation(), encoder);
    encoder.flush();
    Properties text = new Properties();
    text.setProperty(NAME, upload.source().name());
    text.setProperty(PERMISSION, upload.permission());
    text.setProperty(FORMAT, order.format());
    text.setProperty(OCCURRENCE, Long.toString(order.occurrence()));
    order.caller().ifPresent(trace -> text.setProperty(TRACE_PARENT, trace.parent()));
    order.caller().ifPresent(trace -> text.setProperty(TRACE_STATE, trace.state()));
    text.setProperty(SCHEMA, Interpretation.getClassSchema().toString());
    text.setProperty(INTERPRETATION, Base64.getEncoder().encodeToString(bytes.toByteArray()));
    try (Writer out = Files.newBufferedWriter(file)) {
      text.store(out, "an upload that is not yet sent");
    }
  }
}
