package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;

@Timeout(30)
class DiffusionWorkerTest extends WorkerTestBed {
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
  void sendsWhatAPictureLooksLikeWhileItIsPainted() throws Exception {
    paint.show();
    add(Spectrograms.image(3));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 3");
    assertThat(producer.history())
        .extracting(ProducerRecord::topic)
        .containsExactly(Topics.PREVIEWS.name(), Topics.DIFFUSED_IMAGES.name());
    assertThat(sent(0).getPlace().getChunk()).isEqualTo(3);
    assertThat(sent(0).getPng().remaining()).isPositive();
    assertThat(sent(0).getInterpretation().getReadings()).isEmpty();
  }

  @Test
  void artAndPreviewsGoOnInTheTraceOfTheirPicture() throws Exception {
    paint.show();
    SpectrogramImage image = Spectrograms.image(3);
    ConsumerRecord<byte[], byte[]> record =
        spectrograms.record(image, spectrograms.bytes(image), 2);
    HopWork.first("spectrogram-service", Optional.empty()).writeTo(record.headers());
    queue.add(record);
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 3");
    TraceContext came = TraceContext.read(record.headers()).orElseThrow();
    assertThat(producer.history())
        .hasSize(2)
        .allSatisfy(sent -> assertGoesOn(came, sent.headers()))
        .extracting(sent -> TraceContext.read(sent.headers()).orElseThrow().spanId())
        .doesNotHaveDuplicates();
  }

  @Test
  void failureAndDeadLetterGoOnInTheTraceOfTheirPicture() throws Exception {
    ConsumerRecord<byte[], byte[]> record =
        spectrograms.record(Spectrograms.image(3), new byte[3], 2);
    HopWork.first("spectrogram-service", Optional.empty()).writeTo(record.headers());
    queue.add(record);
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 3");
    TraceContext came = TraceContext.read(record.headers()).orElseThrow();
    assertGoesOn(came, producer.history().getFirst().headers());
    assertGoesOn(came, deadLetters.history().getFirst().headers());
  }

  private static void assertGoesOn(TraceContext came, Headers headers) {
    TraceContext left = TraceContext.read(headers).orElseThrow();
    assertThat(left.traceId()).isEqualTo(came.traceId());
    assertThat(left.spanId()).isNotEqualTo(came.spanId());
    Hop hop = Hop.read(headers).orElseThrow();
    assertThat(hop.parent()).isEqualTo(came.spanId());
    assertThat(hop.stage()).isEqualTo(PictureWork.STAGE);
    assertThat(hop.attempt()).isEqualTo(2);
  }

  @Test
  void doesNotAcceptBeforeTheBrokerHasTheArt() throws Exception {
    MockProducer<byte[], byte[]> slow = producer(false);
    add(Spectrograms.image(0));
    start(slow, Duration.ofMinutes(1), Duration.ofSeconds(5));
    while (slow.history().isEmpty()) {
      Thread.onSpinWait();
    }
    queue.said.clear();
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
    add(Spectrograms.image(0));
    start();
    paint.requests.take();
    queue.loseLocks();
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
}
