package org.sonograph.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sonograph.gallery.report.RecordJson;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SourceInfo;

/**
 * The file {@code track.json}: what a take is, how to make it again, how far it has come.
 *
 * <p>It holds no times, so an undisturbed run and a resumed one end with the same bytes. {@link
 * #write} and {@link #read} are inverses.
 */
final class TrackJson {
  /** Name of the file in a take's folder. */
  static final String FILE = "track.json";

  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private TrackJson() {}

  /** The file's text as UTF-8. */
  static byte[] write(TakeState take) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("sonograph", VERSION);
    root.put("take", take.take());
    root.put("state", take.outcome().text());
    root.put("complete", take.outcome() == Outcome.COMPLETE && take.track().endReason().isEmpty());
    root.put("announced", take.announced());
    root.set("source", RecordJson.tree(take.source()));
    root.set("interpretation", RecordJson.tree(take.interpretation()));
    root.set("generation", generation(take));
    root.set("track", track(take.track()));
    root.set("chunks", chunks(take));
    root.set("readings", readings(take));
    root.set("failures", failures(take));
    root.set("repairs", strings(take.repairs()));
    root.set("files", strings(files(take)));
    root.set("made", strings(take.finished().files()));
    root.set("notes", strings(take.finished().notes()));
    return JSON.writeValueAsBytes(root);
  }

  /** The state of the take in a folder. */
  static TakeState read(Path folder) throws IOException {
    JsonNode root = JSON.readTree(Files.readAllBytes(folder.resolve(FILE)));
    if (root.path("sonograph").asInt() != VERSION) {
      throw new IOException(
          "sonograph=%s in %s, expected %d: written by another version"
              .formatted(root.path("sonograph"), folder.resolve(FILE), VERSION));
    }
    try {
      return state(root, folder);
    } catch (IllegalArgumentException e) {
      throw new IOException(folder.resolve(FILE) + " is damaged: " + e.getMessage(), e);
    }
  }

  private static TakeState state(JsonNode root, Path folder) throws IOException {
    JsonNode chunks = root.path("chunks");
    TakeState take =
        new TakeState(
            TakeName.parse(root.path("take").asText()).id(),
            folder,
            ChunkSet.parse(chunks.path("spectrograms").asText()),
            ChunkSet.parse(chunks.path("arts").asText()));
    take.learn(
        RecordJson.read(root.path("source"), SourceInfo.newBuilder().build()),
        RecordJson.read(root.path("interpretation"), Interpretation.newBuilder().build()));
    take.setTrack(JSON.treeToValue(root.path("track"), TakeState.Track.class));
    if (root.path("generation").has("chunk")) {
      ObjectNode made = root.path("generation").deepCopy();
      long chunk = made.remove("chunk").asLong();
      take.learn(RecordJson.read(made.put("seconds", 0.0), Generation.newBuilder().build()), chunk);
    }
    root.path("readings").properties().forEach(e -> readReading(take, e.getKey(), e.getValue()));
    root.path("failures").forEach(node -> readFailure(take, node));
    take.repairs().addAll(texts(root.path("repairs")));
    Outcome outcome = Outcome.parse(root.path("state").asText());
    if (outcome.isClosed()) {
      take.close(
          outcome, new TakeState.Finished(texts(root.path("made")), texts(root.path("notes"))));
    }
    if (root.path("announced").asBoolean()) {
      take.setAnnounced();
    }
    return take;
  }

  private static ObjectNode track(TakeState.Track track) {
    return JSON.valueToTree(track);
  }

  private static ObjectNode generation(TakeState take) throws IOException {
    if (take.generation().isEmpty()) {
      return JSON.createObjectNode();
    }
    ObjectNode made = (ObjectNode) RecordJson.tree(take.generation().get());
    made.remove("seconds");
    return made.put("chunk", take.generationChunk());
  }

  private static ObjectNode chunks(TakeState take) {
    return JSON.createObjectNode()
        .put("total", take.track().totalChunks())
        .put("spectrograms", take.spectrograms().toString())
        .put("arts", take.arts().toString())
        .put("failedRecords", take.failedRecords());
  }

  private static ObjectNode readings(TakeState take) {
    ObjectNode all = JSON.createObjectNode();
    for (ReadingState reading : take.readings().values()) {
      all.putObject(reading.name())
          .put("file", reading.file())
          .put("sampleRateHz", reading.sampleRateHz())
          .put("channels", reading.channels())
          .put("samples", reading.samples())
          .put("received", reading.received().toString())
          .put("lastChunk", reading.lastChunk());
    }
    return all;
  }

  private static void readReading(TakeState take, String name, JsonNode node) {
    ReadingState reading = new ReadingState(name, ChunkSet.parse(node.path("received").asText()));
    reading.setFile(node.path("file").asText());
    reading.setRate(node.path("sampleRateHz").asInt());
    reading.setChannels(node.path("channels").asInt());
    reading.growTo(node.path("samples").asLong());
    reading.endAt(node.path("lastChunk").asLong());
    take.readings().put(name, reading);
  }

  private static ArrayNode failures(TakeState take) {
    ArrayNode all = JSON.createArrayNode();
    for (ChunkFailure failed : take.failures().values()) {
      ObjectNode node =
          all.addObject()
              .put("chunk", failed.chunk())
              .put("startSeconds", failed.startSeconds())
              .put("seconds", failed.seconds())
              .put("stage", failed.failure().getStage())
              .put("code", failed.failure().getCode())
              .put("reason", failed.failure().getReason());
      node.set("readings", strings(failed.readings()));
    }
    return all;
  }

  private static void readFailure(TakeState take, JsonNode node) {
    Failure failure =
        Failure.newBuilder()
            .setStage(node.path("stage").asText())
            .setCode(node.path("code").asText())
            .setReason(node.path("reason").asText())
            .build();
    long chunk = node.path("chunk").asLong();
    take.failures()
        .put(
            chunk,
            new ChunkFailure(
                chunk,
                node.path("startSeconds").asDouble(),
                node.path("seconds").asDouble(),
                failure,
                new TreeSet<>(texts(node.path("readings")))));
  }

  /** The sounds first: they are what one opens. */
  private static Iterable<String> files(TakeState take) {
    return Stream.concat(
            take.readings().values().stream()
                .map(ReadingState::file)
                .filter(name -> !name.isEmpty()),
            take.finished().files().stream())
        .toList();
  }

  private static ArrayNode strings(Iterable<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
