package org.sonograph.gallery.live;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What a wall asks for: what is heard, told as it changes, and the pictures of it. */
final class WallRoutes {
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final Walls walls;
  private final Predicate<Context> mayListen;

  /**
   * Routes.
   *
   * @param mayListen whether somebody may; where not, it has answered
   */
  WallRoutes(Walls walls, Predicate<Context> mayListen) {
    this.walls = walls;
    this.mayListen = mayListen;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/streams/{name}/wall", this::follow);
    routes.get("/streams/{name}/pictures/{take}/{chunk}", this::picture);
  }

  private void follow(Context request) throws IOException {
    String name = request.pathParam("name");
    if (!mayListen.test(request)) {
      return;
    }
    if (!LiveStreams.isName(name)) {
      refuse(request, BAD_REQUEST, "this is no name of a stream, expected a-z, 0-9 and -");
      return;
    }
    walls.events().serve(request, name, () -> walls.news(name));
  }

  private void picture(Context request) {
    if (!mayListen.test(request)) {
      return;
    }
    Optional<byte[]> png =
        walls
            .find(request.pathParam("name"))
            .flatMap(wall -> wall.png(request.pathParam("take"), request.pathParam("chunk")));
    if (png.isPresent()) {
      request.contentType("image/png").header("Cache-Control", "private, max-age=600, immutable");
      request.result(png.get());
    } else {
      refuse(request, NOT_FOUND, "no picture of this chunk, expected one of the last few");
    }
  }

  private static void refuse(Context request, int status, String error) {
    request.status(status).json(Map.of("error", error));
  }
}
