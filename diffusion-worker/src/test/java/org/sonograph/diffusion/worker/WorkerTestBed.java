package org.sonograph.diffusion.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.RecordReader;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

/** A worker over a broker in memory, with a device that paints as it is told to. */
abstract class WorkerTestBed {
  private static final Duration LOCK = Duration.ofMillis(150);

  final InMemoryRegistry registry = RegistryClient.inMemory();
  final Spectrograms spectrograms = new Spectrograms(registry);
  final AvroSerde<DiffusedImage> arts = AvroSerde.of(Topics.DIFFUSED_IMAGES, registry);
  final SharedQueue queue = new SharedQueue();
  final MockProducer<byte[], byte[]> producer = producer(true);
  final MockProducer<byte[], byte[]> deadLetters = producer(true);
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final FakePaint paint = new FakePaint(request -> {});
  final Places places = new Places(1);
  Pipeline pipeline;
  DiffusionWorker worker;
  int batch = 1;
  Duration linger = Duration.ofMillis(100);
  long repeatsBytes;
  OptionalDouble silenceLufs = OptionalDouble.empty();

  static MockProducer<byte[], byte[]> producer(boolean completes) {
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

  void start(MockProducer<byte[], byte[]> sending, Duration limit, Duration drain) {
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

  void start() {
    start(producer, Duration.ofMinutes(1), Duration.ofSeconds(5));
  }

  void awaitEnd() throws InterruptedException {
    assertThat(worker.join(Duration.ofSeconds(20))).isTrue();
  }

  /** The next word about a record that is no renewal. */
  String nextWord() throws InterruptedException {
    String word = queue.said.take();
    while (word.startsWith("RENEW") || word.equals("CLOSE")) {
      word = queue.said.take();
    }
    return word;
  }

  List<String> words(int count) throws InterruptedException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(nextWord());
    }
    return words;
  }

  /** Returns when nobody asks the broker for more, and nobody may. */
  void awaitFull() {
    while (places.isOpen()) {
      Thread.onSpinWait();
    }
  }

  DiffusedImage sent(int index) {
    ProducerRecord<byte[], byte[]> record = producer.history().get(index);
    return arts.read(record.topic(), record.value());
  }

  void add(SpectrogramImage image) {
    queue.add(spectrograms.record(image));
  }
}
