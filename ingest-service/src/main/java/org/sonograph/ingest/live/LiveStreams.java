package org.sonograph.ingest.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.runtime.Hours;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.osc.OscControl;
import org.sonograph.runtime.settings.HoursConfig;
import org.sonograph.schemas.Topics;

/**
 * The streams of a process, and the routes {@code GET /sources}, {@code GET /streams/{name}} and
 * {@code PATCH /streams/{name}}.
 */
public final class LiveStreams implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BODY_MAX_CHARS = 64 * 1024;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final SequencedMap<String, LiveStream> streams = new java.util.LinkedHashMap<>();
  private final Optional<LiveSender> sender;
  private final Optional<TerminalWatch> watch;

  /**
   * Begins the streams of some plans.
   *
   * @param recipe options of takes that do not name them
   * @throws IllegalArgumentException in one line, where one of them cannot be
   */
  public LiveStreams(
      List<StreamPlan> plans,
      ServiceContext context,
      Producer<String, byte[]> producer,
      FFmpeg ffmpeg,
      Map<String, List<String>> recipe) {
    if (plans.isEmpty()) {
      sender = Optional.empty();
      watch = Optional.empty();
      return;
    }
    LiveMeters meters = new LiveMeters(context.meters());
    LiveSender sending = new LiveSender(producer, context.serde(Topics.AUDIO_CHUNKS), meters);
    sender = Optional.of(sending);
    InputStream standardInput = System.in;
    LiveStream.Shared shared =
        new LiveStream.Shared(
            sending,
            meters,
            new Sources(ffmpeg, standardInput),
            recipe,
            Hours.of(context.settings(HoursConfig.class)));
    try {
      plans.forEach(plan -> streams.put(plan.name(), new LiveStream(plan, shared)));
    } catch (IllegalArgumentException e) {
      streams.values().forEach(LiveStream::close);
      sending.close();
      throw e;
    }
    watch =
        Optional.of(
            new TerminalWatch(
                new KafkaConsumer<>(
                    context.kafka().freeConsumer("ingest-live"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()),
                context.serde(Topics.AUDIO_OUTPUTS),
                streams::values));
  }

  /** Plans from settings: one a word. */
  public static List<StreamPlan> plans(String text) {
    List<StreamPlan> plans = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      if (!word.isEmpty()) {
        plans.add(StreamPlan.parse(word));
      }
    }
    if (plans.stream().map(StreamPlan::name).distinct().count() < plans.size()) {
      throw new IllegalArgumentException("each stream needs a name of its own");
    }
    return plans;
  }

  /** What is wrong with them, if anything. */
  public Optional<String> trouble() {
    return streams.values().stream()
        .filter(stream -> !stream.isAlive())
        .map(stream -> "stream " + stream.name() + " has stopped")
        .findFirst();
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/sources", ctx -> ctx.json(streams.values().stream().map(LiveStream::shown).toList()));
    routes.get("/streams/{name}", ctx -> find(ctx).ifPresent(s -> ctx.json(s.shown())));
    routes.patch("/streams/{name}", ctx -> find(ctx).ifPresent(s -> change(ctx, s)));
  }

  /** What of them OSC can change. */
  public OscControl control() {
    return new StreamControl(streams);
  }

  private Optional<LiveStream> find(Context ctx) {
    Optional<LiveStream> found = Optional.ofNullable(streams.get(ctx.pathParam("name")));
    if (found.isEmpty()) {
      refuse(ctx, NOT_FOUND, "no such stream in this process");
    }
    return found;
  }

  private static void change(Context ctx, LiveStream stream) {
    try {
      stream.change(options(ctx.body()));
      ctx.json(stream.shown());
    } catch (JsonProcessingException e) {
      refuse(ctx, BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      refuse(ctx, BAD_REQUEST, e.getMessage());
    }
  }

  /** Options as {@code {"prompt": "...", "reading": ["red", "chirp"], "steps": 20}}. */
  static Map<String, List<String>> options(String body) throws JsonProcessingException {
    if (body.length() > BODY_MAX_CHARS) {
      throw new IllegalArgumentException("the body is longer than 64 KiB");
    }
    JsonNode given = JSON.readTree(body);
    if (given == null || !given.isObject() || given.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a JSON object of options, such as {\"prompt\": \"rain\"}");
    }
    return RecipeText.of(given);
  }

  private static void refuse(Context ctx, int code, String message) {
    ctx.status(code).json(Map.of("error", String.valueOf(message)));
  }

  @Override
  public void close() {
    streams.values().forEach(LiveStream::close);
    watch.ifPresent(TerminalWatch::close);
    sender.ifPresent(LiveSender::close);
  }
}
