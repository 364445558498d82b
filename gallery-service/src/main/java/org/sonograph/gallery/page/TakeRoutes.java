package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.sonograph.gallery.report.TrackFile;

/** The archive: what there is, one of it, its star, its end. */
final class TakeRoutes {
  private static final int MOST_A_PAGE = 200;
  private static final int A_PAGE = 100;
  private static final int MOST_RELATED = 50;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int NO_CONTENT = 204;
  private static final long REMOVAL_PATIENCE_S = 20;

  private final Asked asked;
  private final Shelf shelf;
  private final Remover remover;

  TakeRoutes(Asked asked, Remover remover) {
    this.asked = asked;
    this.shelf = asked.shelf();
    this.remover = remover;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/gallery/takes", this::list);
    routes.get("/gallery/takes/{take}", this::one);
    routes.delete("/gallery/takes/{take}", this::delete);
    routes.put("/gallery/takes/{take}/star", request -> star(request, true));
    routes.delete("/gallery/takes/{take}/star", request -> star(request, false));
  }

  private void list(Context request) {
    String colour = Asked.text(request, "colour", "");
    if (!colour.isEmpty() && !Mark.colours().contains(colour)) {
      throw new Asked.BadRequest(
          "colour=%s, expected one of %s".formatted(colour, String.join(", ", Mark.colours())));
    }
    String id = Asked.text(request, "id", "");
    List<Entry> found =
        id.isEmpty() ? shelf.find(query(request, colour)) : shelf.of(id).stream().toList();
    int from = (int) Asked.number(request, "offset", 0, 0, Integer.MAX_VALUE);
    int most = (int) Asked.number(request, "limit", A_PAGE, 1, MOST_A_PAGE);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("total", found.size());
    answer.put("offset", from);
    answer.put("reading", !shelf.isRead());
    answer.put("takes", found.stream().skip(from).limit(most).map(Entry::shown).toList());
    request.header("Cache-Control", "no-store").json(answer);
  }

  private static Shelf.Query query(Context request, String colour) {
    return Shelf.Query.of(
        Asked.text(request, "q", ""),
        colour,
        Asked.text(request, "starred", "").equals("true"),
        Asked.text(request, "state", ""));
  }

  private void one(Context request) throws IOException {
    Optional<Entry> entry = asked.entry(request);
    if (entry.isEmpty()) {
      return;
    }
    ObjectNode track =
        (ObjectNode)
            Json.MAPPER.readTree(Files.readAllBytes(entry.get().folder().resolve(TrackFile.NAME)));
    ObjectNode page = track.putObject("page");
    page.put("title", entry.get().title());
    page.put("folder", shelf.place(entry.get()));
    page.put("seconds", Entry.seconds(track));
    page.put("made", entry.get().made());
    page.set("accent", Json.MAPPER.valueToTree(entry.get().mark().accent()));
    page.put("colour", entry.get().mark().colour());
    page.put("starred", entry.get().mark().starred());
    page.set("recipe", Json.MAPPER.valueToTree(RecipeOf.track(track)));
    page.set("sameSource", Json.MAPPER.valueToTree(related(entry.get())));
    request.header("Cache-Control", "no-store").json(track);
  }

  /** Other takes of the same sound. */
  private List<Map<String, Object>> related(Entry entry) {
    return shelf.ofSource(entry.sourceId()).stream()
        .filter(other -> !other.take().equals(entry.take()))
        .limit(MOST_RELATED)
        .map(Entry::shown)
        .toList();
  }

  private void star(Context request, boolean on) throws IOException {
    if (asked.entry(request).isPresent()) {
      shelf.star(request.pathParam("take"), on);
      request.status(NO_CONTENT);
    }
  }

  private void delete(Context request) throws Exception {
    if (asked.entry(request).isEmpty()) {
      return;
    }
    Remover.Removal removal =
        remover
            .remove(request.pathParam("take"))
            .toCompletableFuture()
            .get(REMOVAL_PATIENCE_S, TimeUnit.SECONDS);
    switch (removal) {
      case REMOVED -> request.status(NO_CONTENT);
      case BUSY ->
          Asked.refuse(
              request, CONFLICT, "this take is still being made; delete it when it is done");
      case UNKNOWN -> Asked.refuse(request, NOT_FOUND, "no such take in this gallery");
    }
  }
}
