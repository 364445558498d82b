package org.sonograph.diffusion.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
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
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(4);

  private final DiffusionWorker worker;
  private final Clients clients;
  private final Thread thread;
  private final Duration drain;

  /** What is closed at the end, in this order. */
  private record Clients(
      Producer<byte[], byte[]> producer,
      DeadLetters deadLetters,
      ExecutorService painting,
      Models models) {}

  private DiffusionWorkerService(
      DiffusionWorker worker, Clients clients, Thread thread, Duration drain) {
    this.worker = worker;
    this.clients = clients;
    this.thread = thread;
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
      public List<Class<?>> settings() {
        return List.of(DiffusionConfig.class);
      }
    };
  }

  private static DiffusionWorkerService start(ServiceContext context) {
    DiffusionConfig config = context.settings(DiffusionConfig.class);
    Models models = models(config);
    Duration lock = Duration.ofMillis(config.lockMs());
    KafkaShareConnection connection = new KafkaShareConnection(context.kafka(), lock);
    connection.prepare();
    Clients clients =
        new Clients(
            new KafkaProducer<>(
                context.kafka().producer(NAME),
                new ByteArraySerializer(),
                new ByteArraySerializer()),
            DeadLetters.open(context),
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("diffusion-painter").daemon().factory()),
            models);
    PictureWork work =
        new PictureWork(
            new RecordReader<>(Topics.SPECTROGRAM_IMAGES, context.registry(), NAME),
            new Painter(models),
            clients.producer(),
            context.serde(Topics.DIFFUSED_IMAGES),
            clients.deadLetters());
    Duration drain = Duration.ofMillis(config.drainMs());
    DiffusionWorker worker =
        new DiffusionWorker(
            connection,
            work,
            clients.painting(),
            new WorkerMeters(context.meters()),
            new DiffusionWorker.Times(
                lock, IDLE, Duration.ofSeconds(config.pictureLimitSeconds()), drain, FIRST_PAUSE));
    Thread thread = Thread.ofPlatform().name("diffusion-worker").start(worker);
    return new DiffusionWorkerService(worker, clients, thread, drain);
  }

  private static Models models(DiffusionConfig config) {
    Optional<Path> folder = config.models().map(Path::of);
    DiffuserOptions options = new DiffuserOptions(config.threads(), folder);
    try {
      return new Models(config.model(), folder, name -> Diffusers.open(name, options));
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
      if (!thread.join(drain.plus(DRAIN_MARGIN))) {
        LOG.warn(
            "the worker did not stop in time; its picture comes to another one when its lock runs out");
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    clients.producer().close(CLOSE_PATIENCE);
    clients.painting().shutdownNow();
    if (clients.painting().isTerminated()) {
      // While a picture is still in native code its model must stay.
      clients.models().close();
    }
    clients.deadLetters().close();
  }
}
