package org.sonograph.gallery.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams over HTTP: which there are, their sound, and what of it can be set. */
public final class LiveRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Header that says which frame of the output the first sample is. */
  private static final String FRAME = "Sonograph-Frame";

  private static final int MOST_LISTENERS = 256;
  private static final long PATIENCE_MS = 15_000;
  private static final int MOST_BODY_BYTES = 65_536;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_MANY = 503;

  private final LiveStreams streams;
  private final LiveMemory memory;
  private final BooleanSupplier isPrivate;
  private final boolean isOpen;

  /**
   * Routes.
   *
   * @param isPrivate whether only those may ask who should: this machine, or who knows the token
   * @param isOpen whether others may listen all the same
   */
  public LiveRoutes(
      LiveStreams streams, LiveMemory memory, BooleanSupplier isPrivate, boolean isOpen) {
    this.streams = streams;
    this.memory = memory;
    this.isPrivate = isPrivate;
    this.isOpen = isOpen;
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.get("/streams", this::list);
    for (SoundFormat format : SoundFormat.values()) {
      routes.get("/streams/{name}/live." + format.extension(), request -> listen(request, format));
    }
    routes.get("/streams/{name}/output", this::show);
    routes.patch("/streams/{name}/output", this::change);
    routes.post("/streams/{name}/output", this::change);
    routes.delete("/streams/{name}/output", this::end);
    new WallRoutes(streams.walls(), this::mayListen).addTo(routes);
  }

  private void list(Context request) {
    if (mayListen(request)) {
      List<Map<String, Object>> all = streams.all().stream().map(LiveRoutes::shown).toList();
      request.header("Cache-Control", "no-store").json(all);
    }
  }

  private void show(Context request) {
    if (mayListen(request)) {
      stream(request).ifPresent(stream -> request.json(shown(stream)));
    }
  }

  private static Map<String, Object> shown(LiveStream stream) {
    LivePlayer player = stream.player();
    StreamState state = player.state();
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("name", stream.name());
    shown.put("state", state.kind().text());
    shown.put("expected", stream.isExpected());
    shown.put("flowing", stream.isFlowing());
    shown.put("behindSeconds", tenths(state.behindSeconds()));
    shown.put("bufferSeconds", tenths(state.bufferSeconds()));
    shown.put("sinceLiveSeconds", tenths(state.sinceLiveSeconds()));
    shown.put("title", state.title());
    shown.put("take", state.take());
    shown.put("chunk", state.chunk());
    shown.put("readings", player.readings());
    shown.put("volume", player.volume());
    shown.put("hour", player.hour());
    shown.put("mix", player.mix());
    shown.put("panic", player.isPanic());
    stream
        .card()
        .ifPresent(
            card -> {
              shown.put("card", card.problem().orElse("plays"));
              shown.put("cardSinceSeconds", tenths(card.sinceSeconds()));
            });
    shown.put("listeners", stream.listeners());
    shown.put(
        "listen",
        Arrays.stream(SoundFormat.values())
            .map(format -> "/streams/" + stream.name() + "/live." + format.extension())
            .toList());
    return shown;
  }

  private static double tenths(double seconds) {
    return Math.round(10 * seconds) / 10.0;
  }

  private void listen(Context request, SoundFormat format) throws IOException {
    Optional<LiveStream> found = mayListen(request) ? stream(request) : Optional.empty();
    if (found.isEmpty()) {
      return;
    }
    LiveStream stream = found.get();
    if (streams.all().stream().mapToInt(LiveStream::listeners).sum() >= MOST_LISTENERS) {
      request.header("Retry-After", "10");
      refuse(request, TOO_MANY, MOST_LISTENERS + " listen already, expected fewer; try again");
      return;
    }
    boolean wantsTitles = format == SoundFormat.MP3 && "1".equals(request.header("Icy-MetaData"));
    describe(request, stream, format);
    if (wantsTitles) {
      request.header("icy-metaint", Integer.toString(IcyTitles.EVERY_BYTES));
    }
    Listener listener = stream.join(format);
    stream
        .firstFrame(format, listener)
        .ifPresent(frame -> request.header(FRAME, Long.toString(frame)));
    try {
      OutputStream out = request.res().getOutputStream();
      IcyTitles titles = new IcyTitles(out, () -> stream.player().state().title());
      Optional<byte[]> piece = listener.next(PATIENCE_MS);
      while (piece.isPresent()) {
        if (wantsTitles) {
          titles.write(piece.get());
        } else {
          out.write(piece.get());
        }
        out.flush();
        piece = listener.next(PATIENCE_MS);
      }
      LOG.debug("a listener of {} ends", stream.name());
    } catch (IOException e) {
      LOG.debug("a listener of {} left: {}", stream.name(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stream.leave(format, listener);
    }
  }

  private static void describe(Context request, LiveStream stream, SoundFormat format) {
    request
        .contentType(format.contentType())
        .header("Cache-Control", "no-store")
        .header("Accept-Ranges", "none")
        .header("X-Accel-Buffering", "no")
        .header("icy-name", "Sonograph: " + stream.name())
        .header("icy-genre", "Sonograph")
        .header("icy-description", "Machine-made: sound as a picture, painted over, read as sound")
        .header("icy-br", Integer.toString(format.kilobits()))
        .header("icy-pub", "0");
  }

  private boolean maySet(Context request) {
    if (isPrivate.getAsBoolean()) {
      return true;
    }
    refuse(
        request,
        FORBIDDEN,
        "a stream is set beyond this machine only with a token: set sonograph.http.token");
    return false;
  }

  /** Ends a stream and forgets what was kept of it; a further piece begins it anew. */
  private void end(Context request) throws IOException {
    Optional<LiveStream> stream = maySet(request) ? stream(request) : Optional.empty();
    if (stream.isPresent()) {
      streams.end(stream.get().name());
      memory.clear(stream.get().name());
      request.status(NO_CONTENT);
    }
  }

  private void change(Context request) throws IOException {
    Optional<LiveStream> stream = maySet(request) ? stream(request) : Optional.empty();
    if (stream.isEmpty()) {
      return;
    }
    byte[] body = request.bodyInputStream().readNBytes(MOST_BODY_BYTES);
    try {
      OutputChange.read(JSON.readTree(body), stream.get().player().readings())
          .apply(stream.get().player());
      request.json(shown(stream.get()));
    } catch (JsonProcessingException e) {
      refuse(request, BAD_REQUEST, "the body is not JSON, expected {\"volume\": 0.8} or such");
    } catch (IllegalArgumentException e) {
      refuse(request, BAD_REQUEST, e.getMessage());
    }
  }

  private boolean mayListen(Context request) {
    if (isOpen || isPrivate.getAsBoolean()) {
      return true;
    }
    refuse(
        request,
        FORBIDDEN,
        "streams are heard beyond this machine only with a token, or where everybody may: set"
            + " sonograph.http.token or sonograph.gallery.live-open");
    return false;
  }

  private Optional<LiveStream> stream(Context request) {
    String name = request.pathParam("name");
    Optional<LiveStream> stream = streams.find(name);
    if (stream.isEmpty()) {
      List<String> known = streams.all().stream().map(LiveStream::name).toList();
      refuse(
          request,
          NOT_FOUND,
          "no stream of that name plays here, expected "
              + (known.isEmpty()
                  ? "one that was begun with ./sonograph live"
                  : "one of " + String.join(", ", known)));
    }
    return stream;
  }

  private static void refuse(Context request, int status, String error) {
    request.status(status).json(Map.of("error", error));
  }
}
