package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.runtime.ShareGroupSetup;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Level;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SpectrogramImage;

/** What a worker does with several records at a time. */
@Timeout(30)
class DiffusionBatchTest extends WorkerTestBed {
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
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    paint.behave(
        request -> {
          if (begun.getAndIncrement() > 0) {
            done.await();
          }
        });
    for (long chunk = 0; chunk < 9; chunk++) {
      add(Spectrograms.image(chunk));
    }
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    int rest = 9 - 1 - 2;
    while (queue.waiting() > rest) {
      Thread.onSpinWait();
    }
    awaitFull();
    assertThat(queue.waiting()).isEqualTo(rest);
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
    awaitFull();
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

  private static SpectrogramImage live(long chunk, long dueMs) {
    SpectrogramImage image = Spectrograms.image(chunk);
    return SpectrogramImage.newBuilder(image)
        .setPlace(Place.newBuilder(image.getPlace()).setStream("foyer").setDueMs(dueMs).build())
        .build();
  }

  @Test
  void whatNobodyWouldHearIsNotPaintedAndMakesNoDeadLetter() throws Exception {
    add(live(0, System.currentTimeMillis() - 1));
    start();
    assertThat(nextWord()).isEqualTo("ACCEPT 0");
    assertThat(paint.requests).isEmpty();
    assertThat(sent(0).getFailure().getCode()).isEqualTo("too-late");
    assertThat(deadLetters.history()).isEmpty();
    assertThat(meters.get("sonograph.diffusion.pictures").tag("outcome", "too-late").counter())
        .returns(1.0, Counter::count);
  }

  @Test
  void theNewestLivePictureGoesBeforeOlderOnesAndBeforeFiles() throws Exception {
    BatchQueue order = new BatchQueue(Duration.ZERO);
    long now = System.currentTimeMillis();
    for (SpectrogramImage image :
        List.of(
            Spectrograms.image(0),
            live(1, now + 10_000),
            live(2, now + 15_000),
            Spectrograms.image(3))) {
      order.add(waiting(image));
    }
    List<Long> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      taken.add(order.take(d -> 1).getFirst().sketch().image().getPlace().getChunk());
    }
    assertThat(taken).containsExactly(2L, 1L, 0L, 3L);
  }

  private BatchQueue.Waiting waiting(SpectrogramImage image) throws InterruptedException {
    Models models = new Models("fake", Optional.empty(), name -> paint);
    Sketch sketch = new Painter(models).sketch(image);
    Job job = new Job(spectrograms.record(image), places);
    return new BatchQueue.Waiting(job, sketch, paint.begin(sketch.request()), System.nanoTime());
  }
}
