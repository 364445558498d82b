package org.sonograph.ingest.upload;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.desk.TakeDesk;
import org.sonograph.ingest.desk.TakeStatus;
import org.sonograph.ingest.desk.UploadStore;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.source.Derivatives;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.Spool;
import org.sonograph.ingest.source.SpoolLimitException;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.schemas.TraceContext;

/**
 * The routes {@code POST /takes}, {@code GET /takes}, {@code GET /takes/{take}}, and {@code GET
 * /recipe}: the options of a take whose request names none.
 */
public final class TakesEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(TakesEndpoint.class);

  /** What a form may hold beside the sound. */
  private static final long FORM_BYTES = 1 << 20;

  private static final int ACCEPTED = 202;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN_BY_LICENCE = 451;
  private static final int FAULT = 500;

  /** A licence that does not allow what was asked for. */
  private static final class ForbiddenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ForbiddenException(String message) {
      super(message);
    }
  }

  private final Ingest ingest;
  private final TakeDesk desk;
  private final Storage storage;
  private final Map<String, List<String>> baseRecipe;
  private final RandomGenerator seeds;
  private final Object keeping = new Object();

  /**
   * Where uploads lie: while they arrive, and until they are sent.
   *
   * @param arriving a permit for each upload that may arrive at the same time
   * @param patience how long one more waits for a place
   */
  public record Storage(Spool spool, UploadStore store, Semaphore arriving, Duration patience) {}

  /**
   * The endpoint.
   *
   * @param baseRecipe options of a take whose request does not name them
   * @param seeds draws the seed of a take whose recipe names none
   */
  public TakesEndpoint(
      Ingest ingest,
      TakeDesk desk,
      Storage storage,
      Map<String, List<String>> baseRecipe,
      RandomGenerator seeds) {
    this.ingest = ingest;
    this.desk = desk;
    this.storage = storage;
    this.baseRecipe = baseRecipe;
    this.seeds = seeds;
  }

  /** Adds the routes. */
  public void addTo(RoutesConfig routes) {
    routes.post("/takes", this::post);
    routes.get("/recipe", this::recipe);
    routes.get("/takes", ctx -> ctx.json(desk.all().stream().map(TakesEndpoint::shown).toList()));
    routes.get(
        "/takes/{take}",
        ctx ->
            desk.of(ctx.pathParam("take"))
                .ifPresentOrElse(
                    status -> ctx.json(shown(status)),
                    () -> refuse(ctx, NOT_FOUND, "no such take in this process")));
  }

  /** Queues what an earlier process did not finish. */
  public void resume() throws IOException {
    for (UploadStore.Upload upload : storage.store().pending()) {
      try {
        IdentifiedSource source = ingest.identify(upload.source()).permitted(upload.permission());
        submit(source, upload.order());
      } catch (UnreadableSoundException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
  }

  private void post(Context ctx) {
    if (ctx.req().getContentLengthLong() > storage.spool().maxBytes() + FORM_BYTES) {
      long limit = storage.spool().maxBytes() >> 20;
      refuse(
          ctx,
          TOO_LARGE,
          "the sound is refused: it is longer than the limit of %d MiB".formatted(limit));
      return;
    }
    if (!hasPlace()) {
      ctx.header("Retry-After", "5");
      refuse(ctx, TOO_MANY, "as many uploads as are taken at once are arriving; try again soon");
      return;
    }
    try {
      UploadRequest request = UploadRequest.read(ctx, storage.spool());
      try {
        ctx.status(ACCEPTED).json(accept(request, caller(ctx)));
      } finally {
        storage.spool().release(request.spooled());
      }
    } catch (SpoolLimitException e) {
      refuse(ctx, TOO_LARGE, "the sound is refused: " + e.getMessage());
    } catch (ForbiddenException e) {
      refuse(ctx, FORBIDDEN_BY_LICENCE, e.getMessage());
    } catch (UnreadableSoundException e) {
      refuse(ctx, UNSUPPORTED, e.getMessage());
    } catch (JsonProcessingException e) {
      refuse(ctx, BAD_REQUEST, "recipe is not JSON: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      refuse(ctx, BAD_REQUEST, e.getMessage());
    } catch (IOException e) {
      LOG.warn("an upload failed: {}", e.getMessage());
      refuse(ctx, FAULT, "the upload failed: " + e.getMessage());
    } finally {
      storage.arriving().release();
    }
  }

  /** Waits a little for one of the places; the sender is held back meanwhile. */
  private boolean hasPlace() {
    try {
      return storage.arriving().tryAcquire(storage.patience().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void recipe(Context ctx) {
    try {
      ctx.json(Recipe.of(Map.of(), baseRecipe).shown());
    } catch (IllegalArgumentException e) {
      refuse(ctx, NOT_FOUND, e.getMessage());
    }
  }

  private static Optional<TraceContext> caller(Context ctx) {
    return TraceContext.parse(
        Objects.requireNonNullElse(ctx.header(TraceContext.PARENT_HEADER), ""),
        Objects.requireNonNullElse(ctx.header(TraceContext.STATE_HEADER), ""));
  }

  private Map<String, Object> accept(UploadRequest request, Optional<TraceContext> caller)
      throws IOException {
    Map<String, List<String>> options = new HashMap<>(request.options());
    String permission = String.join(", ", options.getOrDefault(Derivatives.OVERRIDE, List.of()));
    options.remove(Derivatives.OVERRIDE);
    Recipe recipe = Recipe.of(options, baseRecipe);
    long seed = recipe.seed().orElseGet(() -> seeds.nextLong(Long.MAX_VALUE));
    TakeOrder order = recipe.order(seed).in(caller);
    IdentifiedSource source = ingest.identify(request.source()).permitted(permission);
    Derivatives.refusal(source)
        .ifPresent(
            why -> {
              throw new ForbiddenException(why);
            });
    String take = Ingest.take(source, order);
    TakeStatus status = queue(source, order);
    Map<String, Object> answer = new LinkedHashMap<>(shown(status));
    answer.put("seed", seed);
    answer.put("pictures", Ingest.estimatedPictures(source, order.interpretation()));
    return answer;
  }

  /** One at a time: the same sound with the same recipe may come many times at once. */
  private TakeStatus queue(IdentifiedSource source, TakeOrder order) throws IOException {
    String take = Ingest.take(source, order);
    synchronized (keeping) {
      if (desk.isPending(take)) {
        return desk.of(take).orElseThrow();
      }
      UploadStore.Upload upload =
          new UploadStore.Upload(source.source(), order, source.told().permission());
      SourceFile kept = storage.store().keep(take, upload).source();
      IdentifiedSource moved =
          new IdentifiedSource(
              kept,
              source.id(),
              source.probe(),
              IdentifiedSource.Stamp.of(kept.file()),
              source.told());
      return submit(moved, order);
    }
  }

  private TakeStatus submit(IdentifiedSource source, TakeOrder order) {
    String take = Ingest.take(source, order);
    return desk.submit(source, order, result -> forget(take));
  }

  /** Removes an upload that is sent, unless it has come again and waits anew. */
  private void forget(String take) {
    synchronized (keeping) {
      if (desk.isPending(take)) {
        return;
      }
      try {
        storage.store().remove(take);
      } catch (IOException e) {
        LOG.warn("upload of take {} cannot be removed: {}", take, e.getMessage());
      }
    }
  }

  private static Map<String, Object> shown(TakeStatus status) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("take", status.take());
    shown.put("source", status.source());
    shown.put("state", status.state().name().toLowerCase(Locale.ROOT));
    shown.put("chunksSent", status.chunksSent());
    shown.put("chunks", status.chunks());
    shown.put("message", status.message());
    return shown;
  }

  private static void refuse(Context ctx, int code, String message) {
    ctx.status(code).json(Map.of("error", String.valueOf(message)));
  }
}
