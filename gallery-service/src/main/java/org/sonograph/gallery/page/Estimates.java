package org.sonograph.gallery.page;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** What a take will cost, before it starts: from what pictures have taken here. */
final class Estimates {
  /** Drawing, reading and packing one picture's worth of sound in one reading, s. */
  private static final double AROUND_A_READING_S = 0.6;

  private final Shelf shelf;
  private final Pace pace;

  Estimates(Shelf shelf, Pace pace) {
    this.shelf = shelf;
    this.pace = pace;
  }

  void answer(Context request) {
    double seconds = Asked.number(request, "seconds", 0, 0, 1e7);
    int readings = (int) Asked.number(request, "readings", 1, 1, 100);
    Paint paint =
        Paint.of(
            Asked.text(request, "model", ""),
            (int) Asked.number(request, "steps", 1, 1, 1000),
            Asked.number(request, "strength", 1, 0, 1),
            Asked.number(request, "guidance", 1, 0, 100));
    long pictures =
        pictures(seconds, Asked.text(request, "profile", SpectrogramProfile.TAPE.name()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("pictures", pictures);
    answer.put("ahead", shelf.beingMade().size());
    OptionalDouble each = pace.of(paint);
    if (each.isPresent()) {
      double one = Math.max(each.getAsDouble(), AROUND_A_READING_S * readings);
      answer.put("first", each.getAsDouble() + AROUND_A_READING_S * readings);
      answer.put("seconds", pictures * one + AROUND_A_READING_S * readings);
    }
    answer.put("basis", each.isEmpty() ? "none" : pace.isMeasured(paint) ? "measured" : "expected");
    request.header("Cache-Control", "no-store").json(answer);
  }

  /** Pictures of a sound; a last one that would show next to nothing new is not made. */
  static long pictures(double seconds, String profile) {
    SpectrogramProfile p = SpectrogramProfile.of(profile);
    if (p.overlapColumns() == 0) {
      return 1;
    }
    double columns = seconds * p.sampleRateHz() / p.hopSamples();
    return Math.max(
        1, (long) Math.ceil((columns - p.overlapColumns()) / (p.width() - p.overlapColumns())));
  }
}
