package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sonograph.decoder.DecoderHarness.assertContiguous;
import static org.sonograph.decoder.DecoderHarness.codes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.TraceContext;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

class DecoderTopologyTest {
  private static final String TAKE = "0123456789abcdef0123";
  private static final int SAMPLES = 20_123;
  private static final int STEP = 48 * 64;
  private static final Duration PATIENCE = DecoderHarness.LIMITS.patience();
  private static final Duration IDLE = DecoderHarness.LIMITS.idle();

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
  void topologyIsAsExpected() throws IOException {
    try (var expected = getClass().getResourceAsStream("/expected_topology.txt")) {
      assertThat(harness.topology().describe().toString())
          .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void soundIsAsLongAsItsSourceToTheSample() {
    for (int samples : new int[] {1, 63, 64, 4_096, 4_097, 7_000, 7_168, 7_169, SAMPLES}) {
      TestTake some = TestTake.small("take" + samples, samples, "chirp");
      some.stripes().forEach(harness::send);
      List<AudioOutput> sent = harness.sent();
      assertThat(sent).hasSize(some.chunks());
      assertContiguous(sent, samples);
    }
  }

  @Test
  void orderOfArrivalDoesNotMatter() {
    images.forEach(harness::send);
    List<AudioOutput> inOrder = harness.sent();
    List<DiffusedImage> shuffled = new ArrayList<>(images);
    Collections.shuffle(shuffled, new Random(3));
    TestTake other = new TestTake(TAKE, take.profile(), SAMPLES, take.readings());
    assertThat(other.stripes()).isEqualTo(images);
    try (DecoderHarness second = new DecoderHarness(folder.resolve("second"))) {
      shuffled.forEach(second::send);
      second.pass(Duration.ZERO);
      assertThat(second.sent()).isEqualTo(inOrder);
      assertThat(second.count("sonograph.assembler.gaps")).isPositive();
    }
    assertContiguous(inOrder, SAMPLES);
  }

  @Test
  void soundGoesOnInTheTraceOfItsPictureThoughItWaitedForItsTurn() {
    List<DiffusedImage> backwards = new ArrayList<>(images);
    Collections.reverse(backwards);
    backwards.forEach(harness::send);
    harness.pass(Duration.ZERO);
    Map<Long, Headers> sent = harness.sentHeaders();
    assertThat(sent).hasSize(images.size());
    sent.forEach(
        (chunk, headers) -> {
          TraceContext left = TraceContext.read(headers).orElseThrow();
          TraceContext came = harness.traces.get(chunk);
          Hop hop = Hop.read(headers).orElseThrow();
          assertThat(left.traceId()).isEqualTo(came.traceId());
          // between the two lies the repartition topic, which is a hop too
          assertThat(hop.parent()).isNotEqualTo(came.spanId()).isNotEqualTo(left.spanId());
          assertThat(hop.stage()).isEqualTo(ChunkDecoder.STAGE);
          assertThat(hop.times().taken()).isPositive().isLessThanOrEqualTo(hop.times().done());
          assertThat(hop.times().done()).isLessThanOrEqualTo(hop.times().written());
        });
    assertThat(sent.values())
        .extracting(h -> TraceContext.read(h).orElseThrow().traceId())
        .doesNotHaveDuplicates();
  }

  @Test
  void whatNeverCameBeginsATrace() {
    images.stream().filter(i -> i.getPlace().getChunk() != 2).forEach(harness::send);
    harness.pass(PATIENCE.plusMinutes(1));
    Headers silence = harness.sentHeaders().get(2L);
    assertThat(harness.traces.values())
        .extracting(TraceContext::traceId)
        .doesNotContain(TraceContext.read(silence).orElseThrow().traceId());
  }

  @Test
  void firstOfRepeatedChunksCounts() {
    DiffusedImage again =
        take.image(2, TestTake.stripes(take.profile().width(), take.profile().height(), 99));
    harness.send(images.get(0));
    harness.send(images.get(0));
    harness.send(images.get(2));
    harness.send(again);
    images.subList(1, images.size()).forEach(harness::send);
    List<AudioOutput> sent = harness.sent();
    try (DecoderHarness once = new DecoderHarness(folder.resolve("once"))) {
      images.forEach(once::send);
      assertThat(sent).isEqualTo(once.sent());
    }
    assertThat(harness.count("sonograph.assembler.duplicates")).isEqualTo(3);
  }

  @Test
  void whatWaitsForAMissingChunkIsSeenAndEachSoundsTimeFromIngest() {
    List<DiffusedImage> closed = images.stream().map(i -> closed(i, 30)).toList();
    closed.stream().filter(i -> i.getPlace().getChunk() != 2).forEach(harness::send);
    harness.pass(Duration.ofSeconds(5)); // and ten more
    assertThat(harness.gauge("sonograph.assembler.open")).isEqualTo(1);
    assertThat(harness.gauge("sonograph.assembler.waiting")).isEqualTo(images.size() - 3);
    assertThat(harness.gauge("sonograph.assembler.ahead")).isPositive();
    assertThat(harness.gauge("sonograph.assembler.gap.age")).isBetween(13.0, 16.0);
    assertThat(harness.gauge("sonograph.assembler.quiet")).isBetween(13.0, 16.0);
    harness.send(closed.get(2));
    harness.pass(Duration.ofSeconds(1));
    assertThat(harness.gauge("sonograph.assembler.waiting")).isZero();
    assertThat(harness.gauge("sonograph.assembler.gap.age")).isZero();
    assertThat(harness.timer("sonograph.end.to.end").count()).isEqualTo(images.size());
    assertThat(harness.timer("sonograph.end.to.end").mean(TimeUnit.SECONDS)).isBetween(30.0, 47.0);
    assertThat(harness.timer("sonograph.stage.latency").count()).isEqualTo(images.size());
  }

  private DiffusedImage closed(DiffusedImage image, int secondsAgo) {
    return DiffusedImage.newBuilder(image)
        .setPlace(
            Place.newBuilder(image.getPlace())
                .setClosedMs(harness.nowMs() - secondsAgo * 1000L)
                .build())
        .build();
  }

  @Test
  void missingChunkBecomesSilenceAfterPatience() {
    images.stream().filter(i -> i.getPlace().getChunk() != 2).forEach(harness::send);
    assertThat(harness.sent()).hasSize(2);
    harness.pass(PATIENCE.minusMinutes(1));
    assertThat(harness.sent()).isEmpty();
    harness.pass(Duration.ofMinutes(1));
    List<AudioOutput> rest = harness.sent();
    AudioOutput silence = rest.getFirst();
    assertThat(silence.getFailure().getCode()).isEqualTo("overdue");
    assertThat(silence.getPlace().getChunk()).isEqualTo(2);
    assertThat(silence.getPlace().getStartSample()).isEqualTo(2 * STEP);
    assertThat(silence.getSource()).isEqualTo(take.source());
    assertThat(silence.getInterpretation()).isEqualTo(take.interpretation());
    assertThat(rest).hasSize(images.size() - 2);
    assertThat(rest.subList(1, rest.size())).allMatch(r -> r.getFailure() == null);
    assertThat(rest.getLast().getStartSample() + rest.getLast().getSamples()).isEqualTo(SAMPLES);
  }

  @Test
  void silenceIsSilentButForItsFades() {
    images.stream().filter(i -> i.getPlace().getChunk() != 2).forEach(harness::send);
    harness.pass(PATIENCE.plusMinutes(1));
    float[] left = DecoderHarness.sound(harness.sent())[0];
    for (int i = 2 * STEP + 80; i < 3 * STEP; i++) {
      assertThat(left[i]).isZero();
    }
    double worst = 0;
    for (int i = 1; i < left.length; i++) {
      worst = Math.max(worst, Math.abs(left[i] - left[i - 1]));
    }
    assertThat((double) Math.abs(left[2 * STEP] - left[2 * STEP - 1])).isLessThan(worst);
    assertThat((double) Math.abs(left[3 * STEP])).isLessThan(0.01);
  }

  @Test
  void whatComesAfterItWasGivenUpIsDroppedAndCounted() {
    images.stream().filter(i -> i.getPlace().getChunk() != 2).forEach(harness::send);
    harness.pass(PATIENCE.plusMinutes(1));
    harness.sent();
    harness.send(images.get(2));
    assertThat(harness.sent()).isEmpty();
    assertThat(harness.count("sonograph.assembler.late")).isEqualTo(1);
  }

  @Test
  void missingFirstChunkIsGivenUpToo() {
    images.subList(1, images.size()).forEach(harness::send);
    harness.pass(PATIENCE);
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, SAMPLES);
    assertThat(sent.getFirst().getFailure().getCode()).isEqualTo("overdue");
    assertThat(sent.getFirst().getPcm().remaining()).isZero();
  }

  @Test
  void abandonedTakeIsClosedAtItsSourcesLength() {
    images.subList(0, 3).forEach(harness::send);
    harness.pass(IDLE.minusMinutes(1));
    assertThat(harness.sent()).hasSize(3);
    harness.pass(Duration.ofMinutes(2));
    List<AudioOutput> rest = harness.sent();
    assertThat(codes(rest)).containsOnly("abandoned");
    assertThat(rest).hasSize(images.size() - 3);
    assertThat(rest.getLast().getLast()).isTrue();
    assertThat(rest.getLast().getPlace().getTotalChunks()).isEqualTo(images.size());
    assertThat(rest.getLast().getStartSample() + rest.getLast().getSamples()).isEqualTo(SAMPLES);
  }

  @Test
  void abandonedStreamEndsWhereItsSoundEnds() {
    for (DiffusedImage image : images.subList(0, 3)) {
      var stream = SourceInfo.newBuilder(image.getSource()).setSamples(0).build();
      harness.send(DiffusedImage.newBuilder(image).setSource(stream).build());
    }
    harness.pass(IDLE.plusMinutes(1));
    List<AudioOutput> sent = harness.sent();
    assertContiguous(sent, 3 * STEP);
    assertThat(sent.getLast().getFailure().getCode()).isEqualTo("abandoned");
  }

  @Test
  void takesDoNotMix() {
    TestTake other = TestTake.small("other", 9_000, "rgb-mean");
    List<DiffusedImage> others = other.stripes();
    for (int k = 0; k < images.size(); k++) {
      harness.send(images.get(k));
      if (k < others.size()) {
        harness.send(others.get(k));
      }
    }
    List<AudioOutput> sent = harness.sent();
    assertContiguous(
        sent.stream().filter(r -> r.getPlace().getTake().equals(TAKE)).toList(), SAMPLES);
    assertContiguous(
        sent.stream().filter(r -> r.getPlace().getTake().equals("other")).toList(), 9_000);
  }

  @Test
  void closedTakeLeavesOnlyAMarkerWithALifetime() {
    images.forEach(harness::send);
    harness.sent();
    images.forEach(harness::send);
    assertThat(harness.sent()).isEmpty();
    assertThat(harness.count("sonograph.assembler.late")).isEqualTo(images.size());
    assertThat(
            List.of("assembler-open", "assembler-pieces", "assembler-about", "assembler-timelines"))
        .allMatch(harness::isEmpty);
    assertThat(harness.isEmpty("assembler-closed")).isFalse();
    harness.pass(DecoderHarness.LIMITS.closedLifetime().plusHours(1));
    assertThat(harness.isEmpty("assembler-closed")).isTrue();
  }

  @Test
  void manyWaitingChunksAreSentInBursts() {
    TestTake long1 = TestTake.small("long", 60 * STEP, "chirp");
    List<DiffusedImage> all = long1.stripes();
    all.subList(1, all.size()).forEach(harness::send);
    harness.send(all.getFirst());
    assertThat(harness.sent()).hasSizeLessThan(10);
    harness.pass(Duration.ZERO);
    assertThat(harness.count("sonograph.assembler.records")).isEqualTo(all.size());
  }

  @Test
  void notebookPictureIsOneRecordOfItsOwnLength() {
    TestTake notebook =
        new TestTake(
            "notebook",
            SpectrogramProfile.TAPE,
            1,
            Map.of("red", Map.of("phase", "zero", "iterations", "1"), "chirp", Map.of()));
    DiffusedImage image = notebook.image(0, TestTake.stripes(64, 48, 0));
    harness.send(
        DiffusedImage.newBuilder(image)
            .setInterpretation(
                Interpretation.newBuilder(image.getInterpretation())
                    .setProfile("notebook")
                    .clearSpectrogram()
                    .build())
            .setInversion(Inversion.newBuilder(image.getInversion()).setProfile("notebook").build())
            .build());
    List<AudioOutput> sent = harness.sent();
    assertThat(sent).hasSize(2).allMatch(r -> r.getFailure() == null && r.getLast());
    assertThat(sent).allMatch(r -> r.getSampleRateHz() == 24_000 && r.getChannels() == 1);
    AudioOutput red = DecoderHarness.of("red", sent).getFirst();
    assertThat(red.getSamples()).isEqualTo(63 * 47);
    assertThat(DecoderHarness.sound(List.of(red))[0]).contains(1f);
    assertThat(DecoderHarness.of("chirp", sent).getFirst().getSamples()).isEqualTo(720_000);
  }

  @Test
  void takeThatBeginsLaterInItsTrackKeepsItsPlace() {
    Place place = Place.newBuilder(images.get(3).getPlace()).setChunk(0).setTotalChunks(1).build();
    harness.send(DiffusedImage.newBuilder(images.get(3)).setPlace(place).build());
    AudioOutput only = harness.sent().getFirst();
    assertThat(only.getStartSample()).isEqualTo(3 * STEP);
    assertThat(only.getSamples()).isEqualTo(place.getLengthSamples());
    assertThat(only.getLast()).isTrue();
  }

  private DiffusedImage live(DiffusedImage image, long firstDueMs) {
    long chunk = image.getPlace().getChunk();
    return DiffusedImage.newBuilder(image)
        .setPlace(
            Place.newBuilder(image.getPlace())
                .setStream("foyer")
                .setTotalChunks(0)
                .setDueMs(firstDueMs + chunk * STEP * 1000L / 8_000)
                .build())
        .build();
  }

  @Test
  void aLiveChunkIsWaitedForUntilItShouldBeHeard() {
    long due = harness.nowMs() + 60_000;
    harness.send(live(images.get(0), due));
    harness.send(live(images.get(2), due));
    assertThat(harness.sent()).hasSize(1);
    harness.pass(Duration.ofSeconds(45));
    assertThat(harness.sent()).isEmpty();
    harness.pass(Duration.ofSeconds(16));
    List<AudioOutput> sent = harness.sent();
    assertThat(codes(sent)).containsExactly("overdue", "");
    assertThat(sent.get(0).getPlace().getDueMs()).isEqualTo(due + STEP * 1000L / 8_000);
    assertThat(sent.get(0).getPlace().getStream()).isEqualTo("foyer");
  }

  @Test
  void aLiveTakeWithoutNewsMakesNoSilencesOfItsOwn() {
    harness.send(live(images.get(0), harness.nowMs() + 1_000));
    harness.pass(Duration.ofMinutes(10));
    assertThat(harness.sent()).hasSize(1);
    assertThat(harness.gauge("sonograph.assembler.quiet")).isZero();
  }

  @Test
  void aLiveChunksOutputSaysWhatWasInForceForIt() {
    long due = harness.nowMs() + 60_000;
    for (int k = 0; k < 3; k++) {
      DiffusedImage image = live(images.get(k), due);
      harness.send(
          DiffusedImage.newBuilder(image)
              .setSource(SourceInfo.newBuilder(image.getSource()).setTitle("song " + k).build())
              .build());
    }
    assertThat(harness.sent().stream().map(o -> o.getSource().getTitle()))
        .containsExactly("song 0", "song 1", "song 2");
  }
}
