package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sonograph.gallery.report.TrackFile;

/** Parts of readings and what they look like, also while they are being made. */
final class SoundRoutes {
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");
  private static final double LONGEST_CLIP_S = 30;
  private static final int MOST_COLUMNS = 8192;
  private static final int NOT_FOUND = 404;
  private static final int UNSUPPORTED = 415;

  private final Asked asked;

  SoundRoutes(Asked asked) {
    this.asked = asked;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/gallery/takes/{take}/sounds/{reading}", this::clip);
    routes.get("/gallery/takes/{take}/sounds/{reading}/peaks", this::peaks);
  }

  private void clip(Context request) throws IOException {
    Optional<WavFile> wav = wav(request);
    if (wav.isEmpty()) {
      return;
    }
    double from = Asked.number(request, "from", 0, 0, 1e7);
    double seconds = Asked.number(request, "seconds", LONGEST_CLIP_S, 0, LONGEST_CLIP_S);
    int rate = wav.get().rateHz();
    long first = Math.round(from * rate);
    byte[] clip = wav.get().clip(first, (int) (Math.round((from + seconds) * rate) - first));
    request.contentType("audio/wav").header("Cache-Control", "no-store").result(clip);
  }

  private void peaks(Context request) throws IOException {
    Optional<WavFile> wav = wav(request);
    if (wav.isEmpty()) {
      return;
    }
    int columns = (int) Asked.number(request, "columns", 1024, 1, MOST_COLUMNS);
    double seconds = Asked.number(request, "seconds", 0, 0, 1e7);
    int rate = wav.get().rateHz();
    long axis = seconds == 0 ? wav.get().frames() : Math.round(seconds * rate);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("sampleRateHz", rate);
    answer.put("seconds", wav.get().frames() / (double) rate);
    answer.put("peaks", rounded(wav.get().peaks(columns, axis)));
    request.header("Cache-Control", "no-store").json(answer);
  }

  private static int[] rounded(float[] peaks) {
    int[] thousandths = new int[peaks.length];
    for (int i = 0; i < peaks.length; i++) {
      thousandths[i] = Math.round(1000 * Math.min(1, peaks[i]));
    }
    return thousandths;
  }

  /** The reading's WAV; where there is none, the answer says why. */
  private Optional<WavFile> wav(Context request) throws IOException {
    Optional<Entry> entry = asked.entry(request);
    String reading = request.pathParam("reading");
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    if (!NAME.matcher(reading).matches()) {
      Asked.refuse(request, NOT_FOUND, "no such reading");
      return Optional.empty();
    }
    Path folder = entry.get().folder();
    JsonNode track = Json.MAPPER.readTree(Files.readAllBytes(folder.resolve(TrackFile.NAME)));
    String whole = track.path("readings").path(reading).path("file").asText();
    for (String name : new String[] {whole, reading + ".partial.wav", reading + ".wav"}) {
      Optional<TakeFile> file =
          name.endsWith(".wav") ? TakeFile.find(folder, name) : Optional.empty();
      Optional<WavFile> wav = file.isPresent() ? WavFile.open(file.get().path()) : Optional.empty();
      if (wav.isPresent()) {
        return wav;
      }
    }
    if (whole.isEmpty()) {
      Asked.refuse(request, NOT_FOUND, "nothing of this reading has come yet");
    } else {
      Asked.refuse(
          request, UNSUPPORTED, "this reading is kept as " + whole + "; take that file whole");
    }
    return Optional.empty();
  }
}
