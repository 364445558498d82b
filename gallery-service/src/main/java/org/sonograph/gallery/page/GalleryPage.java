package org.sonograph.gallery.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.signal.reading.Parameter;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.reading.Readings;

/** The page at work: its routes, and who is told what the collector does. */
public final class GalleryPage implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GalleryPage.class);
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
          + " img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int FAULT = 500;

  private final Shelf shelf;
  private final Pace pace;
  private final EventHub hub = new EventHub();
  private final Previews previews = new Previews(this);
  private final Optional<IngestForward> forward;
  private final Remover remover;
  private final Supplier<List<Offer>> offers;
  private Optional<Retention> retention = Optional.empty();

  /**
   * What the page is told from outside.
   *
   * @param out folder of the gallery
   * @param ingest address of an ingest-service in another process
   * @param token word that is asked for, passed on to ingest-service
   * @param expectedAPass time of a pass through the model before one was measured, s; 0 = unknown
   * @param offers presets that there are now
   */
  public record Settings(
      Path out,
      Optional<URI> ingest,
      Optional<String> token,
      double expectedAPass,
      Supplier<List<Offer>> offers) {}

  /** A page; it begins to read the gallery at once. */
  public GalleryPage(Settings settings, Remover remover) {
    this.shelf = Shelf.open(settings.out());
    this.offers = settings.offers();
    this.pace = new Pace(settings.expectedAPass());
    this.forward = settings.ingest().map(uri -> new IngestForward(uri, settings.token()));
    this.remover =
        take ->
            remover
                .remove(take)
                .thenApply(
                    removal -> {
                      if (removal == Remover.Removal.REMOVED) {
                        tell(new News.Deleted(take));
                      }
                      return removal;
                    });
  }

  /**
   * Deletes the oldest takes from now on, but for starred ones; nothing where both limits are 0.
   *
   * @param age how old a take may become; zero = any age
   * @param bytes how much room all takes may need; 0 = any
   */
  public void keep(Duration age, long bytes, MeterRegistry meters) {
    Retention.Limits limits = new Retention.Limits(age, bytes);
    if (!limits.isNone()) {
      Retention begun = new Retention(shelf, remover, limits, meters);
      begun.start();
      retention = Optional.of(begun);
    }
  }

  /** Where previews go. */
  public Previews previews() {
    return previews;
  }

  /** Windows that listen to the news now. */
  public int listeners() {
    return hub.clients();
  }

  @Override
  public void tell(News news) {
    pace.tell(news);
    shelf.tell(news);
    hub.tell(news);
  }

  /**
   * Adds the routes.
   *
   * @param isPrivate whether only those may ask who should: this machine, or who knows the token
   */
  public void addTo(RoutesConfig routes, BooleanSupplier isPrivate) {
    routes.before(request -> guard(request, isPrivate));
    routes.exception(
        Asked.BadRequest.class, (e, request) -> Asked.refuse(request, BAD_REQUEST, e.getMessage()));
    routes.exception(IOException.class, GalleryPage::failed);
    Asked asked = new Asked(shelf);
    new Assets().addTo(routes);
    new TakeRoutes(asked, remover).addTo(routes);
    new FileRoutes(asked, previews).addTo(routes);
    new SoundRoutes(asked).addTo(routes);
    routes.get("/gallery/events", hub::serve);
    routes.get("/gallery/estimate", new Estimates(shelf, pace)::answer);
    routes.get("/gallery/presets", request -> request.json(offers.get()));
    routes.get("/gallery/readings", request -> request.json(readings()));
    forward.ifPresent(f -> f.addTo(routes));
  }

  private static void guard(Context request, BooleanSupplier isPrivate) {
    String path = request.path();
    boolean isOurs =
        Set.of("/", "/wall").contains(path)
            || Stream.of("/gallery/", "/assets/", "/wall/", "/openapi.json")
                .anyMatch(path::startsWith);
    if (!isOurs) {
      return;
    }
    request.header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    request.header("Referrer-Policy", "no-referrer");
    request.header("Cross-Origin-Resource-Policy", "same-origin");
    request.header("Cross-Origin-Opener-Policy", "same-origin");
    request.header("Permissions-Policy", "microphone=(self), camera=(), geolocation=()");
    if (!isPrivate.getAsBoolean()) {
      Asked.refuse(
          request,
          FORBIDDEN,
          "the page is served beyond this machine only with a token: set sonograph.http.token");
      request.skipRemainingHandlers();
    }
  }

  private static void failed(IOException e, Context request) {
    if (request.res().isCommitted()) {
      LOG.debug("a visitor left: {}", e.toString());
      return;
    }
    LOG.warn("{} cannot be answered: {}", request.path(), e.toString());
    Asked.refuse(request, FAULT, "this could not be read from the gallery's disk");
  }

  private static List<Map<String, Object>> readings() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Reading reading : new Readings().all()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("name", reading.name());
      shown.put("summary", reading.summary());
      shown.put("length", reading.length());
      shown.put("parameters", reading.parameters().stream().map(GalleryPage::parameter).toList());
      all.add(shown);
    }
    return all;
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    return Map.of(
        "name", parameter.name(),
        "default", parameter.fallback(),
        "expected", parameter.expected(),
        "meaning", parameter.doc());
  }

  @Override
  public void close() {
    retention.ifPresent(Retention::close);
    hub.close();
    shelf.close();
    forward.ifPresent(IngestForward::close);
  }
}
