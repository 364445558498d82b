package org.sonograph.diffusion.worker;

import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.ExecutionProvider;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceMain;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.schemas.Topics;

/** Paints over spectrograms, side by side with any number of other workers. */
public final class DiffusionWorkerService implements RunningService {
  /** Name of the service. */
  public static final String NAME = PictureWork.STAGE;

  private static final Logger LOG = LoggerFactory.getLogger(DiffusionWorkerService.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** While one lane waits, records in the partitions of the others wait too. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(4);
  private static final Duration NATIVE_PATIENCE = Duration.ofMillis(200);

  private final DiffusionWorker worker;
  private final Clients clients;
  private final Duration drain;

  /** What is closed at the end, in this order. */
  private record Clients(
      Producer<byte[], byte[]> producer,
      Pipeline pipeline,
      DeadLetters deadLetters,
      Models models) {}

  private DiffusionWorkerService(DiffusionWorker worker, Clients clients, Duration drain) {
    this.worker = worker;
    this.clients = clients;
    this.drain = drain;
  }

  /** Runs the worker as a process of its own. */
  public static void main(String[] args) {
    ServiceMain.run(NAME, args, factory());
  }

  /** Starts a worker wherever a context is. */
  public static ServiceFactory factory() {
    return new ServiceFactory() {
      @Override
      public RunningService start(ServiceContext context) {
        return DiffusionWorkerService.start(context);
      }

      @Override
      public void check(SmallRyeConfig config) {
        WorkerSettings.of(config.getConfigMapping(DiffusionConfig.class)).requireProvider();
      }

      @Override
      public List<Class<?>> settings() {
        return List.of(DiffusionConfig.class);
      }
    };
  }

  private static DiffusionWorkerService start(ServiceContext context) {
    DiffusionConfig config = context.settings(DiffusionConfig.class);
    WorkerSettings settings = WorkerSettings.of(config);
    WorkerMeters meters = new WorkerMeters(context.meters());
    Models models = models(config, settings, meters);
    Duration lock = Duration.ofMillis(config.lockMs());
    KafkaShareConnection connection = new KafkaShareConnection(context.kafka(), lock);
    connection.prepare();
    Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            context.kafka().producer(NAME), new ByteArraySerializer(), new ByteArraySerializer());
    DeadLetters deadLetters = DeadLetters.open(context);
    PictureWork work =
        new PictureWork(
            new RecordReader<>(Topics.SPECTROGRAM_IMAGES, context.registry(), NAME),
            producer,
            context.serde(Topics.DIFFUSED_IMAGES),
            deadLetters,
            settings.silenceLufs());
    Places places = new Places(1);
    Pipeline pipeline =
        new Pipeline(
            new Pipeline.Parts(
                work, new Painter(models), new Repeats(settings.repeatsBytes()), meters),
            new BatchQueue(settings.linger()),
            new Batches(settings::batchSize, places, meters));
    Duration drain = Duration.ofMillis(config.drainMs());
    DiffusionWorker worker =
        new DiffusionWorker(
            places,
            pipeline,
            meters,
            new DiffusionWorker.Times(
                lock, IDLE, Duration.ofSeconds(config.pictureLimitSeconds()), drain, FIRST_PAUSE));
    worker.start(connection);
    return new DiffusionWorkerService(
        worker, new Clients(producer, pipeline, deadLetters, models), drain);
  }

  private static Models models(
      DiffusionConfig config, WorkerSettings settings, WorkerMeters meters) {
    Optional<Path> folder = config.models().map(Path::of);
    try {
      return new Models(
          config.model(),
          folder,
          name -> {
            Diffuser opened = Diffusers.open(name, settings.options());
            meters.device(
                opened.model().id(),
                opened.provider(),
                ExecutionProvider.list(config.provider()).getFirst());
            return opened;
          });
    } catch (DiffusionException e) {
      throw new SettingsException("sonograph.diffusion." + e.getMessage(), e);
    }
  }

  @Override
  public HealthReport health() {
    return worker.health();
  }

  @Override
  public void close() {
    worker.stop();
    try {
      if (!worker.join(drain.plus(DRAIN_MARGIN))) {
        LOG.warn(
            "the worker did not stop in time; its pictures come to another one when their locks run"
                + " out");
        return;
      }
      clients.producer().close(CLOSE_PATIENCE);
      clients.pipeline().close();
      if (clients.pipeline().hasEnded(NATIVE_PATIENCE)) {
        // While a picture is still in native code its model must stay.
        clients.models().close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    clients.deadLetters().close();
  }
}
