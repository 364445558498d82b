package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sonograph.decoder.DecoderHarness.assertContiguous;
import static org.sonograph.decoder.DecoderHarness.codes;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Place;

/** What becomes of chunks that cannot be heard. */
class FailedChunkTest {
  private static final String TAKE = "0123456789abcdef0123";
  private static final int SAMPLES = 20_123;
  private static final int STEP = 48 * 64;

  @TempDir Path folder;
  private final TestTake take = TestTake.small(TAKE, SAMPLES, "rgb-mean");
  private final List<DiffusedImage> images = take.stripes();
  private DecoderHarness harness;

  @BeforeEach
  void start() {
    harness = new DecoderHarness(folder);
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  void failureOfAnEarlierStageBecomesSilenceOfItsLength() {
    Failure failure = new Failure("diffusion-worker", "broken", "no more");
    harness.send(images.get(0));
    harness.send(
        DiffusedImage.newBuilder(images.get(1))
            .setPng(ByteBuffer.allocate(0))
            .setFailure(failure)
            .build());
    images.subList(2, images.size()).forEach(harness::send);
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, SAMPLES);
    assertThat(sent.get(1).getFailure()).isEqualTo(failure);
    assertThat(sent.get(1).getSamples()).isEqualTo(STEP);
  }

  @Test
  void takeOfFailuresAloneIsSilenceWithoutSamples() {
    Failure failure = new Failure("diffusion-worker", "broken", "no more");
    images.forEach(i -> harness.send(DiffusedImage.newBuilder(i).setFailure(failure).build()));
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, SAMPLES);
    assertThat(sent).allMatch(r -> r.getPcm().remaining() == 0);
  }

  @Test
  void unreadableRecordBecomesDeadLetterAndSilenceOfEachReading() {
    TestTake both = TestTake.small(TAKE, SAMPLES, "rgb-mean", "chirp");
    List<DiffusedImage> all = both.stripes();
    byte[] junk = {7};
    for (DiffusedImage image : all) {
      if (image.getPlace().getChunk() == 1) {
        harness.send(image, junk);
      } else {
        harness.send(image);
      }
    }
    assertThat(harness.letters.readValuesToList()).containsExactly(junk);
    List<AudioOutput> sent = harness.sent();
    for (String reading : List.of("rgb-mean", "chirp")) {
      List<AudioOutput> records = DecoderHarness.of(reading, sent);
      assertThat(codes(records).get(1)).isEqualTo("unreadable");
      assertThat(records.get(1).getSource()).isEqualTo(both.source());
      assertThat(records.getLast().getStartSample() + records.getLast().getSamples())
          .isEqualTo(SAMPLES);
    }
  }

  @Test
  void unreadableFirstChunkWaitsForAChunkThatKnowsTheSource() {
    harness.send(images.getFirst(), new byte[] {7});
    assertThat(harness.sent()).isEmpty();
    images.subList(1, images.size()).forEach(harness::send);
    harness.pass(Duration.ZERO);
    List<AudioOutput> sent = harness.sent();
    assertThat(sent).hasSize(images.size());
    assertThat(sent).allMatch(r -> r.getSource().equals(take.source()));
    assertThat(codes(sent).getFirst()).isEqualTo("unreadable");
  }

  @Test
  void unreadableOnlyChunkIsSentAtOnce() {
    TestTake one = TestTake.small("one", 3_000, "chirp");
    harness.send(one.stripes().getFirst(), new byte[] {7});
    assertContiguous(harness.sent(), 3_000);
  }

  @Test
  void artThatIsNoPictureFailsItsChunkAlone() {
    harness.send(
        DiffusedImage.newBuilder(images.getFirst())
            .setPng(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .build());
    images.subList(1, images.size()).forEach(harness::send);
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, SAMPLES);
    assertThat(codes(sent).getFirst()).isEqualTo("undecodable");
    assertThat(codes(sent).subList(1, sent.size())).containsOnly("");
  }

  @Test
  void misplacedChunkBecomesSilence() {
    harness.send(images.getFirst());
    Place wrong = Place.newBuilder(images.get(1).getPlace()).setStartSample(5).build();
    harness.send(DiffusedImage.newBuilder(images.get(1)).setPlace(wrong).build());
    images.subList(2, images.size()).forEach(harness::send);
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, SAMPLES);
    assertThat(codes(sent).get(1)).isEqualTo("misfit");
  }

  @Test
  void readingsOfOneTakeAreIndependent() {
    Map<String, Map<String, String>> readings = new LinkedHashMap<>();
    readings.put("chirp", Map.of());
    readings.put("no-such", Map.of());
    readings.put("red", Map.of("iterations", "many"));
    TestTake some = new TestTake(TAKE, TestTake.SMALL, SAMPLES, readings);
    some.stripes().forEach(harness::send);
    List<AudioOutput> sent = harness.sent();
    assertContiguous(DecoderHarness.of("chirp", sent), SAMPLES);
    assertThat(codes(DecoderHarness.of("chirp", sent))).containsOnly("");
    assertContiguous(DecoderHarness.of("no-such", sent), SAMPLES);
    assertThat(DecoderHarness.of("no-such", sent))
        .allMatch(r -> r.getFailure().getReason().contains("expected one of"));
    assertThat(DecoderHarness.of("red", sent))
        .hasSize(some.chunks())
        .allMatch(r -> r.getFailure().getReason().contains("iterations=many"));
  }

  @Test
  void chunkNumberOutOfAllReasonIsDropped() {
    Place far = Place.newBuilder(images.getFirst().getPlace()).setChunk(1L << 50).build();
    harness.send(DiffusedImage.newBuilder(images.getFirst()).setPlace(far).build());
    images.forEach(harness::send);
    assertContiguous(harness.sent(), SAMPLES);
  }
}
