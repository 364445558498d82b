package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

@Timeout(30)
class DiffusionWorkerTest {
  private static final Duration LOCK = Duration.ofMillis(150);

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final Spectrograms spectrograms = new Spectrograms(registry);
  private final AvroSerde<DiffusedImage> arts = AvroSerde.of(Topics.DIFFUSED_IMAGES, registry);
  private final SharedQueue queue = new SharedQueue();
  private final MockProducer<byte[], byte[]> producer = producer(true);
  private final MockProducer<byte[], byte[]> deadLetters = producer(true);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakePaint paint = new FakePaint(request -> {});
  private final Places places = new Places(1);
  private Pipeline pipeline;
  private DiffusionWorker worker;
  private int batch = 1;
  private Duration linger = Duration.ofMillis(100);
  private long repeatsBytes;
  private OptionalDouble silenceLufs = OptionalDouble.empty();

  private static MockProducer<byte[], byte[]> producer(boolean completes) {
    return new MockProducer<>(
        completes, null, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @AfterEach
  void stops() throws InterruptedException {
    if (worker != null) {
      worker.stop();
      worker.join(Duration.ofSeconds(20));
      pipeline.close();
    }
  }

  private void start(MockProducer<byte[], byte[]> sending, Duration limit, Duration drain) {
    WorkerMeters counts = new WorkerMeters(meters);
    Models models = new Models("fake", Optional.empty(), name -> paint);
    PictureWork work =
        new PictureWork(
            new RecordReader<>(Topics.SPECTROGRAM_IMAGES, registry, PictureWork.STAGE),
            sending,
            arts,
            new DeadLetters(deadLetters, meters),
            silenceLufs);
    pipeline =
        new Pipeline(
            new Pipeline.Parts(work, new Painter(models), new Repeats(repeatsBytes), counts),
            new BatchQueue(linger),
            new Batches(diffuser -> BatchSize.fixed(batch), places, counts));
    worker =
        new DiffusionWorker(
            places,
            pipeline,
            counts,
            new DiffusionWorker.Times(
                LOCK, Duration.ofMillis(20), limit, drain, Duration.ofMillis(10)));
    worker.start(queue);
  }

  private void start() {
    start(producer, Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  private void awaitEnd() throws InterruptedException {
    assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
  }

  /** The next word about a record that is no renewal. */
  private String nextWord() throws InterruptedException {
    String word = queue.said.take();
    while (word.startsWith("RENEW") || word.equals("CLOSE")) {
      word = queue.said.take();
    }
    return word;
  }

  private List<String> words(int count) throws InterruptedException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(nextWord());
    }
    return words;
  }

  private DiffusedImage sent(int index) {
    ProducerRecord<byte[], byte[]> record = producer.history().get(index);
    return arts.read(record.topic(), record.value());
  }

  private void add(SpectrogramImage image) {
    queue.add(spectrograms.record(image));
  }

  @Test
  void acceptsAPictureOnceItsArtIsSent() throws Exception {
    add(Spectrograms.image(3));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 3");
    assertThat(producer.history()).hasSize(1);
    assertThat(new String(producer.history().getFirst().key(), StandardCharsets.UTF_8))
        .isEqualTo("ab12/3");
    assertThat(sent(0).getPng().remaining()).isPositive();
    assertThat(sent(0).getGeneration().getModelHash()).isEqualTo("0123456789abcdef");
    assertThat(ChunkHeaders.read(producer.history().getFirst().headers()).orElseThrow().readings())
        .containsExactly("chirp");
  }

  @Test
  void doesNotAcceptBeforeTheBrokerHasTheArt() throws Exception {
    MockProducer<byte[], byte[]> slow = producer(false);
    add(Spectrograms.image(0));
    start(slow, Duration.ofMinutes(1), Duration.ofSeconds(5));
    for (int i = 0; i < 3; i++) {
      assertThat(queue.said.take()).isEqualTo("RENEW 0");
    }
    assertThat(slow.completeNext()).isTrue();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
  }

  @Test
  void renewsWhileAPictureIsInWork() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    paint.behave(request -> done.await());
    add(Spectrograms.image(0));
    start();
    for (int i = 0; i < 5; i++) {
      assertThat(queue.said.take()).isEqualTo("RENEW 0");
    }
    done.countDown();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(meters.counter("sonograph.diffusion.renewals").count()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void dropsItsResultWhenTheLockIsLost() throws Exception {
    paint.behave(request -> new CountDownLatch(1).await());
    queue.loseLocks();
    add(Spectrograms.image(0));
    start();
    assertThat(paint.interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    worker.stop();
    awaitEnd();
    assertThat(producer.history()).isEmpty();
    assertThat(meters.counter("sonograph.diffusion.locks.lost").count()).isEqualTo(1);
  }

  @Test
  void aRequestThatCannotBeCarriedOutFailsAtOnce() throws Exception {
    paint.behave(
        request -> {
          throw new DiffusionException(DiffusionException.Reason.REQUEST, "steps=0, expected 1");
        });
    add(Spectrograms.image(0));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(sent(0).getFailure().getStage()).isEqualTo("diffusion-worker");
    assertThat(sent(0).getFailure().getCode()).isEqualTo("bad-request");
    assertThat(sent(0).getFailure().getReason()).isEqualTo("steps=0, expected 1");
    assertThat(deadLetters.history()).hasSize(1);
  }

  @Test
  void aDeviceThatFailsGivesThePictureBack() throws Exception {
    paint.behave(
        request -> {
          throw new DiffusionException(DiffusionException.Reason.DEVICE, "out of memory");
        });
    add(Spectrograms.image(0));
    start();
    assertThat(nextWord()).isEqualTo("RELEASE 0");
    assertThat(producer.history()).isEmpty();
    assertThat(deadLetters.history()).isEmpty();
  }

  @Test
  void aPictureThatCameTooOftenIsNotTriedAgain() throws Exception {
    SpectrogramImage image = Spectrograms.image(0);
    queue.add(
        spectrograms.record(
            image, spectrograms.bytes(image), ShareGroupSetup.DELIVERY_COUNT_LIMIT - 1));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(paint.requests).isEmpty();
    assertThat(sent(0).getFailure().getCode()).isEqualTo("delivery-limit");
    assertThat(deadLetters.history()).hasSize(1);
  }

  @Test
  void aPictureThatCameOnceLessIsTried() throws Exception {
    SpectrogramImage image = Spectrograms.image(0);
    queue.add(
        spectrograms.record(
            image, spectrograms.bytes(image), ShareGroupSetup.DELIVERY_COUNT_LIMIT - 2));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(paint.requests).hasSize(1);
    assertThat(meters.counter("sonograph.diffusion.redeliveries").count()).isEqualTo(1);
  }

  @Test
  void anUnreadableValueBecomesADeadLetterAndAFailureFromItsHeaders() throws Exception {
    byte[] broken = {9, 9, 9};
    queue.add(spectrograms.record(Spectrograms.image(2), broken, 1));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 2");
    ProducerRecord<byte[], byte[]> letter = deadLetters.history().getFirst();
    assertThat(letter.topic()).isEqualTo("spectrogram.images.dlq");
    assertThat(letter.value()).isEqualTo(broken);
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.STAGE)).hasValue("diffusion-worker");
    assertThat(sent(0).getPlace().getChunk()).isEqualTo(2);
    assertThat(sent(0).getFailure().getCode()).isEqualTo("unreadable");
    assertThat(sent(0).getInterpretation().getReadings().getFirst().getName()).isEqualTo("chirp");
  }

  @Test
  void anUnreadableValueWithoutHeadersLeavesADeadLetterOnly() throws Exception {
    queue.add(new ConsumerRecord<>(Topics.SPECTROGRAM_IMAGES.name(), 0, 5, null, new byte[1]));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 5");
    assertThat(deadLetters.history()).hasSize(1);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void anEarlierFailureIsPassedOn() throws Exception {
    add(Spectrograms.failed(1));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 1");
    assertThat(sent(0).getFailure().getStage()).isEqualTo("spectrogram-service");
    assertThat(deadLetters.history()).isEmpty();
  }

  @Test
  void aModelThatIsNotHereFailsNamingBoth() throws Exception {
    add(Spectrograms.image(0, Spectrograms.settings("sketch-9"), "tape"));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(sent(0).getFailure().getReason()).contains("sketch-9").contains("fake");
  }

  @Test
  void aStopLetsThePictureInWorkFinish() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    paint.behave(request -> done.await());
    add(Spectrograms.image(0));
    start();
    paint.requests.take();
    worker.stop();
    done.countDown();
    awaitEnd();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
  }

  @Test
  void aStopGivesBackWhatTakesTooLong() throws Exception {
    paint.behave(request -> new CountDownLatch(1).await());
    add(Spectrograms.image(0));
    start(producer, Duration.ofMinutes(1), Duration.ofMillis(50));
    paint.requests.take();
    worker.stop();
    awaitEnd();
    assertThat(nextWord()).isEqualTo("RELEASE 0");
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aDeviceThatHangsEndsTheWorker() throws Exception {
    paint.behave(request -> new CountDownLatch(1).await());
    add(Spectrograms.image(0));
    start(producer, Duration.ofMillis(200), Duration.ofSeconds(5));
    awaitEnd();
    assertThat(nextWord()).isEqualTo("RELEASE 0");
    assertThat(worker.health().state()).isEqualTo(HealthReport.State.DEAD);
  }

  @Test
  void withoutABrokerThereIsNoConsumerUntilOneAnswers() throws Exception {
    queue.cutOff();
    start();
    queue.awaitQuestions(3);
    assertThat(worker.health().state()).isEqualTo(HealthReport.State.NOT_READY);
    int opened = queue.opened();
    queue.awaitQuestions(3);
    assertThat(queue.opened()).isEqualTo(opened);
    add(Spectrograms.image(0));
    queue.bringBack();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(queue.opened()).isGreaterThan(opened);
  }

  @Test
  void picturesFollowOneAnother() throws Exception {
    for (long chunk = 0; chunk < 8; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    assertThat(words(8))
        .containsExactlyInAnyOrder(
            "ACCEPT 0",
            "ACCEPT 1",
            "ACCEPT 2",
            "ACCEPT 3",
            "ACCEPT 4",
            "ACCEPT 5",
            "ACCEPT 6",
            "ACCEPT 7");
    assertThat(paint.batches).containsOnly(1);
  }

  @Test
  void holdsOneRecordInAdvanceAndNoMore() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    for (long chunk = 0; chunk < 9; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    paint.behave(request -> done.await());
    while (queue.waiting() > 9 - 2 - producer.history().size()) {
      Thread.onSpinWait();
    }
    Thread.sleep(150);
    assertThat(queue.waiting()).isEqualTo(9 - 2 - producer.history().size());
    done.countDown();
    words(8);
    assertThat(producer.history()).hasSize(9);
  }

  @Test
  void picturesOfOneSizeShareABatch() throws Exception {
    batch = 4;
    linger = Duration.ofSeconds(2);
    CountDownLatch first = new CountDownLatch(1);
    paint.behave(request -> first.await());
    for (long chunk = 0; chunk < 9; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    first.countDown();
    words(9);
    assertThat(paint.batches).contains(4).allMatch(pictures -> pictures <= 4);
    assertThat(paint.batches.stream().mapToInt(Integer::intValue).sum()).isEqualTo(9);
    assertThat(queue.mostOut()).isLessThanOrEqualTo(12);
  }

  @Test
  void whatIsTooLargeForMemoryIsHalvedAndBlamesNobody() throws Exception {
    batch = 8;
    linger = Duration.ofSeconds(2);
    paint.limit(2);
    for (long chunk = 0; chunk < 9; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    assertThat(words(9)).allMatch(word -> word.startsWith("ACCEPT"));
    assertThat(paint.batches).contains(2).anyMatch(pictures -> pictures > 2);
    assertThat(deadLetters.history()).isEmpty();
    assertThat(meters.get("sonograph.diffusion.batch.limit").gauge().value()).isBetween(1.0, 3.0);
  }

  @Test
  void aBatchOfWhichOneFailsIsTriedOneByOne() throws Exception {
    batch = 4;
    paint.behave(
        request -> {
          if (request.noise() instanceof NoisePlan.Strip strip && strip.firstColumn() == 2 * 448) {
            throw new DiffusionException(DiffusionException.Reason.REQUEST, "not this one");
          }
        });
    for (long chunk = 0; chunk < 5; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    assertThat(words(5)).allMatch(word -> word.startsWith("ACCEPT"));
    assertThat(
            producer.history().stream()
                .map(r -> arts.read(r.topic(), r.value()))
                .filter(a -> a.getFailure() != null)
                .map(a -> a.getPlace().getChunk()))
        .containsExactly(2L);
  }

  @Test
  void whatMayHaveEndedAWorkerIsWorkedOnAlone() throws Exception {
    batch = 4;
    add(Spectrograms.image(0));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    CountDownLatch done = new CountDownLatch(1);
    paint.behave(request -> done.await());
    SpectrogramImage suspect = Spectrograms.image(1);
    queue.add(spectrograms.record(suspect, spectrograms.bytes(suspect), 3));
    paint.requests.take();
    paint.requests.take();
    add(Spectrograms.image(2));
    Thread.sleep(150);
    assertThat(queue.waiting()).isEqualTo(1);
    done.countDown();
    assertThat(words(2)).containsExactly("ACCEPT 1", "ACCEPT 2");
  }

  @Test
  void onePictureWithOneRecipeIsPaintedOnce() throws Exception {
    repeatsBytes = 1 << 20;
    DiffusionSettings same =
        DiffusionSettings.newBuilder(Spectrograms.settings("fake")).setNoise("same").build();
    for (long chunk = 0; chunk < 5; chunk++) {
      add(Spectrograms.image(chunk, same, "tape"));
    }
    add(Spectrograms.image(5));
    start();
    words(6);
    assertThat(paint.requests).hasSize(2);
    assertThat(producer.history()).hasSize(6);
    assertThat(meters.counter("sonograph.diffusion.repeats").count()).isEqualTo(4);
  }

  @Test
  void aChunkWithNextToNothingToHearIsNotPainted() throws Exception {
    silenceLufs = OptionalDouble.of(-60);
    queue.add(spectrograms.record(withLoudness(0, -70f, -65f)));
    queue.add(spectrograms.record(withLoudness(1, -70f, -30f)));
    start();
    words(2);
    assertThat(paint.requests).hasSize(1);
    assertThat(sent(0).getGeneration().getModelId()).isEqualTo("passthrough");
    assertThat(sent(1).getGeneration().getModelId()).isEqualTo("fake");
  }

  private static SpectrogramImage withLoudness(long chunk, Float... lufs) {
    return SpectrogramImage.newBuilder(Spectrograms.image(chunk))
        .setLevel(Level.newBuilder().setMomentaryLufs(List.of(lufs)).build())
        .build();
  }

  @Test
  void aRecordOnItsLastTryIsKeptWhileTheDeviceFails() throws Exception {
    paint.behave(
        request -> {
          throw new DiffusionException(DiffusionException.Reason.DEVICE, "the driver is gone");
        });
    SpectrogramImage image = Spectrograms.image(0);
    queue.add(
        spectrograms.record(
            image, spectrograms.bytes(image), ShareGroupSetup.DELIVERY_COUNT_LIMIT - 2));
    start();
    paint.requests.take();
    paint.behave(request -> {});
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(producer.history()).hasSize(1);
    assertThat(sent(0).getFailure()).isNull();
  }
}
