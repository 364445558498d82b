package org.sonograph.launcher.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.sonograph.schemas.Failure;

/** A journey as a program reads it. */
public final class JourneyJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JourneyJson() {}

  /** One chunk, with every record found. */
  public static ObjectNode of(Journey journey) {
    ObjectNode root = chunk(journey);
    ArrayNode records = root.putArray("records");
    journey.sightings().forEach(s -> records.add(record(journey, s)));
    ObjectNode topics = root.putObject("topics");
    Journey.WAY.forEach(
        t -> topics.put(t, journey.presence(t).name().toLowerCase(java.util.Locale.ROOT)));
    if (!journey.trouble().isEmpty()) {
      root.put("trouble", journey.trouble());
    }
    root.set("looked", looked(journey.looked()));
    return root;
  }

  /** A take with its chunks, the worst first. */
  public static ObjectNode of(TakeJourney take) {
    ObjectNode root = JSON.createObjectNode();
    root.put("take", take.take());
    root.put("sent", take.sent());
    root.put("failed", take.failed());
    root.put("unfinished", take.unfinished());
    ArrayNode chunks = root.putArray("chunks");
    take.chunks().forEach(j -> chunks.add(chunk(j)));
    root.set("looked", looked(take.looked()));
    return root;
  }

  private static ObjectNode chunk(Journey journey) {
    ObjectNode root = JSON.createObjectNode();
    root.put("take", journey.key().take());
    root.put("chunk", journey.key().chunk());
    journey.about().ifPresent(a -> root.put("source", a.sourceName()));
    journey.totalMs().ifPresent(ms -> root.put("totalMs", ms));
    journey.failure().ifPresent(f -> root.set("failure", failure(f)));
    ArrayNode missing = root.putArray("missingReadings");
    journey.missingReadings().forEach(missing::add);
    return root;
  }

  private static ObjectNode record(Journey journey, Sighting sighting) {
    ObjectNode node = JSON.createObjectNode();
    node.put("topic", sighting.at().topic());
    node.put("partition", sighting.at().partition());
    node.put("offset", sighting.at().offset());
    node.put("bytes", sighting.at().bytes());
    node.put("writtenMs", sighting.writtenMs());
    sighting.trace().ifPresent(t -> node.put("trace", t.traceId()).put("span", t.spanId()));
    journey.waitedMs(sighting).ifPresent(ms -> node.put("waitedMs", ms));
    sighting
        .hop()
        .ifPresent(
            hop -> {
              node.put("stage", hop.stage());
              node.put("parent", hop.parent());
              node.put("takenMs", hop.times().taken());
              node.put("doneMs", hop.times().done());
              node.put("workedMs", hop.times().done() - hop.times().taken());
              node.put("attempt", hop.attempt());
              node.put("process", hop.process());
            });
    Sighting.Contents contents = sighting.contents();
    if (!contents.reading().isEmpty()) {
      node.put("reading", contents.reading());
    }
    if (!contents.model().isEmpty()) {
      node.put("model", contents.model());
      node.put("paintingSeconds", contents.paintingSeconds());
    }
    contents.failure().ifPresent(f -> node.set("failure", failure(f)));
    return node;
  }

  private static ObjectNode failure(Failure failure) {
    return JSON.createObjectNode()
        .put("stage", failure.getStage())
        .put("code", failure.getCode())
        .put("reason", failure.getReason());
  }

  private static ArrayNode looked(List<Stretches.Stretch> looked) {
    ArrayNode array = JSON.createArrayNode();
    looked.forEach(
        s ->
            array
                .addObject()
                .put("topic", s.partition().topic())
                .put("partition", s.partition().partition())
                .put("kept", s.kept())
                .put("from", s.from())
                .put("to", s.to()));
    return array;
  }
}
