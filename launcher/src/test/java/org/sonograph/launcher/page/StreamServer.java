package org.sonograph.launcher.page;

import io.javalin.config.RoutesConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sonograph.gallery.live.Encoders;
import org.sonograph.gallery.live.LiveMemory;
import org.sonograph.gallery.live.LivePiece;
import org.sonograph.gallery.live.LiveRoutes;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.gallery.live.WallPicture;
import org.sonograph.gallery.page.GalleryPage;
import org.sonograph.gallery.page.Remover;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.runtime.HttpServer;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

/**
 * The gallery's page and the live stream {@code foyer}, made here without a broker: each chunk has
 * a tone of its own, and its picture a grey of its own, as {@link WallMeter} knows them.
 */
final class StreamServer implements AutoCloseable {
  /** From the begin of one chunk to that of the next, s. */
  static final double STEP_S = 1.5;

  /** Time in which a chunk gives way to the next, s. */
  static final double OVERLAP_S = 0.4;

  static final double AMPLITUDE = 0.3;

  /** No more than a stream keeps pictures of, for all are there at once. */
  static final int CHUNKS = 60;

  private static final int RATE = 48_000;

  private final float[][] tones = new float[CHUNKS][];
  private final double beginMs;
  private final FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
  private final Path folder;
  private final Consumer<RoutesConfig> further;
  private LiveStreams streams;
  private GalleryPage gallery;
  private HttpServer server;
  private int port;

  /**
   * A server that serves at once.
   *
   * @param further routes of services that are not there
   */
  StreamServer(Path folder, Consumer<RoutesConfig> further) {
    this.folder = folder;
    this.further = further;
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      tones[chunk] = tone(chunk);
    }
    this.beginMs = System.currentTimeMillis() + 1500;
    serve();
  }

  String url() {
    return server.url().toString();
  }

  LiveStreams streams() {
    return streams;
  }

  /** When the middle of a chunk's crossfade is due, by the wall clock. */
  double changeMs(int chunk) {
    return beginMs + 1000 * (chunk * STEP_S + OVERLAP_S / 2);
  }

  /** Serves, at the same port as before, if there was one. */
  void serve() {
    LiveMemory memory =
        new LiveMemory(
            folder.resolve("memory"), new ChunkFlac(FFmpegSettings.defaults()), Duration.ZERO);
    streams =
        new LiveStreams(
            Encoders.of(() -> ffmpeg),
            Duration.ofHours(1),
            (name, encoders) -> memory.open(name, encoders, ms -> {}));
    gallery =
        new GalleryPage(
            new GalleryPage.Settings(
                folder.resolve("out"), Optional.empty(), Optional.empty(), 0, List::of),
            take -> CompletableFuture.completedFuture(Remover.Removal.UNKNOWN));
    server =
        HttpServer.start(
            Settings.load(List.of("--http.port=" + port), Map.of(), List.of())
                .getConfigMapping(HttpConfig.class),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    port = server.port();
    server.routes(
        routes -> {
          gallery.addTo(routes, () -> true);
          new LiveRoutes(streams, memory, () -> true, false).addTo(routes);
          further.accept(routes);
        });
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      streams.walls().put("foyer", picture(chunk));
      streams.put("foyer", sound(chunk));
    }
  }

  @Override
  public void close() {
    streams.close();
    gallery.close();
    server.close();
  }

  /** A chunk of one pitch, which the one before gives way to over the overlap. */
  private static float[] tone(int chunk) {
    int length = (int) (STEP_S * RATE);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double t = chunk * STEP_S + (double) i / RATE;
      double x = chunk == 0 ? 1 : Math.min(1, i / (OVERLAP_S * RATE));
      double before =
          x == 1
              ? 0
              : Math.cos(x * Math.PI / 2) * Math.sin(2 * Math.PI * WallMeter.hz(chunk - 1) * t);
      double now = Math.sin(x * Math.PI / 2) * Math.sin(2 * Math.PI * WallMeter.hz(chunk) * t);
      samples[i] = (float) (AMPLITUDE * (before + now));
    }
    return samples;
  }

  LivePiece sound(int chunk) {
    int length = tones[chunk].length;
    return new LivePiece(
        new LivePiece.About("main", false, List.of("inverse"), "tones", ""),
        chunk,
        "inverse",
        RATE,
        (long) chunk * length,
        length,
        Optional.of(new float[][] {tones[chunk], tones[chunk].clone()}),
        new LivePiece.Time(beginMs, 0, 0));
  }

  private WallPicture picture(int chunk) {
    byte[] grey = new byte[3 * 64 * 64];
    Arrays.fill(grey, (byte) (32 * (chunk % WallMeter.KINDS) + 16));
    return picture(
        chunk, PngCodec.encode(Picture.rgb(64, 64, grey), new LinkedHashMap<>()), label());
  }

  WallPicture picture(int chunk, byte[] png, WallLabel label) {
    WallPicture.Span span =
        new WallPicture.Span(
            (long) (beginMs + 1000 * chunk * STEP_S),
            chunk * STEP_S,
            STEP_S + OVERLAP_S,
            chunk == 0 ? 0 : OVERLAP_S);
    return new WallPicture("main", chunk, span, label, png);
  }

  static WallLabel label() {
    return new WallLabel(
        "Harbour at night",
        "A. Nyone, 1958",
        "Audio, spectrogram, sketch, read by voices and inverse.",
        "drifting ink, cold light, slate and bone",
        "Strength 0.6, guidance 2, 9 steps, seed 20260731.",
        "Sound: 1958/3, CC0. Made by a machine, with Sonograph.");
  }
}
