package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Place;
import org.sonograph.signal.reading.ReadingParameters;

/**
 * What a stream's replay rests on: the same pictures as another take, its seed said, sound alike.
 */
class ReplayedStreamTest {
  private static final String LIVE = "0123456789abcdef0123";
  private static final String AGAIN = "another-take-another-id";
  private static final int SAMPLES = 20_123;
  private static final int STEP = 48 * 64;

  @TempDir Path folder;
  private DecoderHarness harness;

  @BeforeEach
  void start() {
    harness = new DecoderHarness(folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private static TestTake take(String id, String reading, Map<String, String> further) {
    Map<String, String> parameters = new HashMap<>(further);
    parameters.put("iterations", "2");
    parameters.put("phase", "random");
    return new TestTake(id, TestTake.SMALL, SAMPLES, Map.of(reading, parameters));
  }

  private List<AudioOutput> heard(TestTake take) {
    long due = harness.nowMs() + 600_000;
    for (DiffusedImage image : take.stripes()) {
      Place place =
          Place.newBuilder(image.getPlace())
              .setStream("foyer")
              .setTotalChunks(0)
              .setDueMs(due + image.getPlace().getChunk() * STEP * 1000L / 8_000)
              .build();
      harness.send(DiffusedImage.newBuilder(image).setPlace(place).build());
    }
    return harness.sent();
  }

  /** The chunks from one on, numbered from 0 and where they lay. */
  private List<AudioOutput> again(TestTake take, int from) {
    for (DiffusedImage image : take.stripes().subList(from, take.chunks())) {
      long number = image.getPlace().getChunk() - from;
      boolean isLast = image.getPlace().getTotalChunks() > 0;
      Place place =
          Place.newBuilder(image.getPlace())
              .setChunk(number)
              .setTotalChunks(isLast ? number + 1 : 0)
              .build();
      harness.send(DiffusedImage.newBuilder(image).setPlace(place).build());
    }
    return harness.sent();
  }

  private static void assertSame(AudioOutput then, AudioOutput now) {
    assertThat(now.getStartSample()).isEqualTo(then.getStartSample());
    assertThat(now.getSamples()).isEqualTo(then.getSamples());
    assertThat(now.getPcm()).isEqualTo(then.getPcm());
  }

  private static Map<String, String> seed() {
    return Map.of("seed", Long.toString(new ReadingParameters(new TreeMap<>()).seed(LIVE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb-mean", "chirp"})
  void isTheSameToTheSampleButForItsEnd(String reading) {
    List<AudioOutput> then = heard(take(LIVE, reading, Map.of()));
    List<AudioOutput> now = again(take(AGAIN, reading, seed()), 0);

    assertThat(now).hasSameSizeAs(then);
    for (int k = 0; k < then.size() - 1; k++) {
      assertSame(then.get(k), now.get(k));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb-mean", "chirp"})
  void isTheSameFromTheMiddleOnButForTheChunkItBeginsWith(String reading) {
    List<AudioOutput> then = heard(take(LIVE, reading, Map.of()));
    List<AudioOutput> now = again(take(AGAIN, reading, seed()), 2);

    assertThat(now).hasSize(then.size() - 2);
    for (int k = 1; k < now.size() - 1; k++) {
      assertSame(then.get(k + 2), now.get(k));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb-mean", "chirp"})
  void isAnotherWithoutTheSeed(String reading) {
    List<AudioOutput> then = heard(take(LIVE, reading, Map.of()));
    List<AudioOutput> now = again(take(AGAIN, reading, Map.of()), 0);

    assertThat(now.get(1).getPcm()).isNotEqualTo(then.get(1).getPcm());
  }
}
