package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** A stream in and out through the whole chain: {@code ./sonograph live FOLDER}. */
@Tag("broker")
@Timeout(300)
class ITLive {
  private static final int RATE = 48_000;
  private static final int HEADER_BYTES = 44;
  private static final int HEARD_SECONDS = 5;
  private static final int TWO_CHUNKS_MS = 11_000;
  private static final Set<String> OF_A_CHUNK = Set.of("live", "stand-in");

  @TempDir Path folder;

  @Test
  void whatIsInAFolderIsHeardWithoutEndAndMeasured() throws Exception {
    Path sounds = Files.createDirectory(folder.resolve("sounds"));
    Files.writeString(sounds.resolve("a note.txt"), "no sound");
    Files.write(sounds.resolve("noise.wav"), noise(20));
    List<String> live =
        List.of(
            "live",
            sounds.toString(),
            "--name",
            "foyer",
            "--model",
            "passthrough",
            "--port",
            "0",
            "--reading",
            "red",
            "--seed",
            "1",
            "--delay",
            "30");
    try (RunningUp up = new RunningUp(folder.resolve("data"), live);
        HttpClient http = HttpClient.newHttpClient()) {
      awaitHeard(up, http);
      assertThat(level(up, http)).as("root mean square").isGreaterThan(0.01);
      new Exports(up.metrics().getFirst())
          .areThoseOfAStreamAnd(
              Carrier.INGEST, Carrier.SPECTROGRAM, Carrier.DECODER, Carrier.GALLERY);
      awaitFullQuality(up, http);
    }
  }

  /**
   * Until the stream is painted in full quality, two chunks after the first that was heard: of
   * these its ladder must have been told. A busy machine takes it down and up again meanwhile.
   */
  private static void awaitFullQuality(RunningUp up, HttpClient http) throws Exception {
    Thread.sleep(TWO_CHUNKS_MS);
    URI stream = URI.create(up.url()).resolve("/streams/foyer");
    while (!answer(stream, http).findPath("quality").asText().equals("full")) {
      Thread.sleep(500);
    }
  }

  /** Until a chunk is heard in its place. */
  private static void awaitHeard(RunningUp up, HttpClient http) throws Exception {
    URI streams = URI.create(up.url()).resolve("/streams");
    do {
      Thread.sleep(500);
    } while (!OF_A_CHUNK.contains(answer(streams, http).findPath("state").asText()));
  }

  private static JsonNode answer(URI at, HttpClient http) throws IOException, InterruptedException {
    HttpRequest get = HttpRequest.newBuilder(at).build();
    return new ObjectMapper().readTree(http.send(get, HttpResponse.BodyHandlers.ofString()).body());
  }

  /** Root of the mean square of some seconds of the stream as it is heard. */
  private static double level(RunningUp up, HttpClient http)
      throws IOException, InterruptedException {
    URI wav = URI.create(up.url()).resolve("/streams/foyer/live.wav");
    HttpResponse<InputStream> answer =
        http.send(HttpRequest.newBuilder(wav).build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      body.readNBytes(HEADER_BYTES);
      byte[] frames = body.readNBytes(HEARD_SECONDS * RATE * 2 * Short.BYTES);
      float[] samples = SampleFormat.S16.decode(frames, 0, frames.length, 1)[0];
      double sum = 0;
      for (float sample : samples) {
        sum += sample * sample;
      }
      return Math.sqrt(sum / samples.length);
    }
  }

  static byte[] noise(int seconds) {
    float[] noise = new float[seconds * RATE];
    Random random = new Random(8);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    return WavCodec.encode(Sound.mono(RATE, noise), SampleFormat.S16, new LinkedHashMap<>());
  }
}
