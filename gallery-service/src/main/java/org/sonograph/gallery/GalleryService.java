package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.page.Offer;
import org.sonograph.gallery.page.Watcher;
import org.sonograph.runtime.Beginning;
import org.sonograph.runtime.DeadLetters;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceMain;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.meters.DiskMeters;
import org.sonograph.schemas.Topics;

/** Collects pictures and sounds into folders. */
public final class GalleryService implements RunningService {
  /** Name of the service. */
  public static final String NAME = Collector.STAGE;

  private static final Logger LOG = LoggerFactory.getLogger(GalleryService.class);
  private static final long COLLECTOR_PATIENCE_S = 20;
  private static final long FINISHER_PATIENCE_S = 8;

  private final Collector collector;
  private final Thread thread;
  private final ExecutorService finishing;
  private final FolderLock lock;
  private final Desks desks;

  /** What else is open beside the collector. */
  private record Desks(Optional<PageDesk> page, Optional<LiveDesk> live) {
    void close() {
      live.ifPresent(LiveDesk::close);
      page.ifPresent(PageDesk::close);
    }
  }

  private GalleryService(
      Collector collector, Thread thread, ExecutorService finishing, FolderLock lock, Desks desks) {
    this.collector = collector;
    this.thread = thread;
    this.finishing = finishing;
    this.lock = lock;
    this.desks = desks;
  }

  /** Runs the service as a process of its own. */
  public static void main(String[] args) {
    ServiceMain.run(NAME, args, factory());
  }

  /** Starts the service wherever a context is. */
  public static ServiceFactory factory() {
    return factory(List::of);
  }

  /**
   * Starts the service wherever a context is.
   *
   * @param offers presets that the page offers, asked for each time
   */
  public static ServiceFactory factory(Supplier<List<Offer>> offers) {
    return new ServiceFactory() {
      @Override
      public RunningService start(ServiceContext context) throws Exception {
        return begin(context).start(context);
      }

      @Override
      public Beginning begin(ServiceContext context) throws Exception {
        return HeardFirst.begin(context, offers);
      }

      @Override
      public List<Class<?>> settings() {
        return List.of(GalleryConfig.class);
      }
    };
  }

  /** The gallery's folder, and the sound of streams, which needs nothing else. */
  private record HeardFirst(
      Path out, FolderLock lock, Optional<LiveDesk> live, Supplier<List<Offer>> offers)
      implements Beginning {
    static HeardFirst begin(ServiceContext context, Supplier<List<Offer>> offers)
        throws IOException {
      GalleryConfig config = context.settings(GalleryConfig.class);
      Path out = Path.of(config.out()).toAbsolutePath().normalize();
      FolderLock lock = FolderLock.take(out);
      try {
        Optional<LiveDesk> live =
            config.live()
                ? Optional.of(LiveDesk.open(context, out, ffmpeg(config)))
                : Optional.empty();
        return new HeardFirst(out, lock, live, offers);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }

    @Override
    public RunningService start(ServiceContext context) throws IOException {
      return GalleryService.start(context, this);
    }

    @Override
    public void close() {
      live.ifPresent(LiveDesk::close);
      lock.close();
    }
  }

  private static GalleryService start(ServiceContext context, HeardFirst first) throws IOException {
    GalleryConfig config = context.settings(GalleryConfig.class);
    Path out = first.out();
    ExecutorService finishing =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("gallery-finisher").daemon().factory());
    DiskMeters.watch(context.meters(), DiskMeters.OUT, out);
    AtomicReference<Collector> running = new AtomicReference<>();
    Optional<PageDesk> page =
        config.page()
            ? Optional.of(
                PageDesk.open(context, out, take -> running.get().remove(take), first.offers()))
            : Optional.empty();
    TakeFolders folders = new TakeFolders(out);
    Collection collection =
        new Collection(folders, page.<Watcher>map(PageDesk::page).orElse(news -> {}));
    running.set(collector(context, config, folders, collection, finishing));
    Thread thread = Thread.ofPlatform().name("gallery-collector").start(running.get());
    first.live().ifPresent(live -> live.follow(context));
    return new GalleryService(
        running.get(), thread, finishing, first.lock(), new Desks(page, first.live()));
  }

  private static Collector collector(
      ServiceContext context,
      GalleryConfig config,
      TakeFolders folders,
      Collection collection,
      ExecutorService finishing) {
    return new Collector(
        new KafkaConsumer<>(
            context.kafka().consumer(Groups.GALLERY),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        new Collector.Desks(
            folders,
            collection,
            new RecordSorter(collection, context.registry()),
            new Closing(
                new Finisher(new FFmpegEncoder(ffmpeg(config)), config.scrollMaxWidthPx()),
                finishing,
                Duration.ofSeconds(config.idleSeconds()),
                Duration.ofMillis(config.repairSettleMs()),
                System::nanoTime),
            new Announcer(
                new KafkaProducer<>(
                    context.kafka().producer(NAME),
                    new ByteArraySerializer(),
                    new ByteArraySerializer()),
                context.serde(Topics.CONTROL),
                Clock.systemUTC())),
        DeadLetters.open(context),
        context.meters(),
        new Collector.Timing(Duration.ofMillis(config.flushIntervalMs()), System::nanoTime));
  }

  private static FFmpegSettings ffmpeg(GalleryConfig config) {
    FFmpegSettings defaults = FFmpegSettings.defaults();
    return new FFmpegSettings(
        config.ffmpeg().map(Path::of), defaults.cacheFolder(), defaults.limits());
  }

  @Override
  public HealthReport health() {
    return collector.health();
  }

  @Override
  public void close() {
    desks.close();
    collector.stop();
    finishing.shutdown();
    try {
      if (!thread.join(Duration.ofSeconds(COLLECTOR_PATIENCE_S))) {
        LOG.warn("the collector did not stop in time; what it had not put on disk comes again");
      }
      if (!finishing.awaitTermination(FINISHER_PATIENCE_S, TimeUnit.SECONDS)) {
        LOG.info("a take is still being finished; that is done again at the next start");
        finishing.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.close();
    }
  }
}
