package org.sonograph.gallery.page;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;

/** What a request asks for, checked; the one form of an error. */
record Asked(Shelf shelf) {
  private static final int NOT_FOUND = 404;

  /** A value that the page answers with 400. */
  static final class BadRequest extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }

  /** The take of the path; where there is none, the answer says so. */
  Optional<Entry> entry(Context request) {
    Optional<Entry> entry = shelf.of(request.pathParam("take"));
    if (entry.isEmpty()) {
      refuse(request, NOT_FOUND, "no such take in this gallery");
    }
    return entry;
  }

  static String text(Context request, String name, String otherwise) {
    return Optional.ofNullable(request.queryParam(name)).orElse(otherwise);
  }

  static double number(Context request, String name, double otherwise, double low, double high) {
    String given = text(request, name, "");
    try {
      double value = given.isEmpty() ? otherwise : Double.parseDouble(given);
      if (value >= low && value <= high) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new BadRequest("%s=%s, expected a number".formatted(name, given));
    }
    throw new BadRequest("%s=%s, expected %s to %s".formatted(name, given, low, high));
  }

  static void refuse(Context request, int status, String error) {
    request.status(status).json(Map.of("error", error));
  }
}
