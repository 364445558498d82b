package org.sonograph.ingest;

import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.ingest.desk.Inbox;
import org.sonograph.ingest.desk.TakeDesk;
import org.sonograph.ingest.desk.UploadStore;
import org.sonograph.ingest.live.LiveStreams;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.ingest.send.AheadGate;
import org.sonograph.ingest.send.ControlLedger;
import org.sonograph.ingest.send.LaggingPictures;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.ingest.source.Spool;
import org.sonograph.ingest.upload.TakesEndpoint;
import org.sonograph.runtime.Backlog;
import org.sonograph.runtime.HealthReport;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegConfig;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.runtime.meters.DiskMeters;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.schemas.Topics;

/** The service at work: its clients, its desk, the endpoint and the watched folder. */
final class RunningIngest implements RunningService {
  private static final Duration UPLOAD_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final long JOIN_MS = 2_000;

  private final Admin admin;
  private final Producer<String, byte[]> producer;
  private final KafkaClientMetrics producerMetrics;
  private final TakeDesk desk;
  private final Backlog backlog;
  private final LiveStreams streams;
  private final Optional<Inbox> inbox;
  private final Thread watcher;

  private RunningIngest(ServiceContext context) throws IOException {
    IngestConfig config = context.settings(IngestConfig.class);
    Map<String, List<String>> recipe = baseRecipe(config);
    FFmpeg ffmpeg = FFmpeg.open(FFmpegSettings.of(context.settings(FFmpegConfig.class)));
    this.admin = Admin.create(context.kafka().admin());
    this.producer =
        new KafkaProducer<>(
            context.kafka().producer(IngestService.NAME),
            new StringSerializer(),
            new ByteArraySerializer());
    this.producerMetrics = new KafkaClientMetrics(producer);
    producerMetrics.bindTo(context.meters());
    Ingest ingest = ingest(context, config, ffmpeg);
    this.desk = new TakeDesk(ingest, Thread::sleep);
    Catalogue.INGEST_WAITING.gauge(context.meters(), desk::pending);
    DiskMeters.watch(context.meters(), DiskMeters.UPLOADS, dataFolder(config));
    this.backlog = Backlog.watch(context, admin);
    addRoutes(context, config, ingest, recipe);
    this.streams = streams(context, config, ffmpeg, recipe);
    context.http().routes(streams::addTo);
    context.osc().add(streams.control());
    this.inbox =
        config
            .inbox()
            .map(
                folder ->
                    new Inbox(
                        Path.of(folder),
                        Duration.ofMillis(config.inboxQuietMs()),
                        new Inbox.Destination(ingest, desk, Recipe.of(recipe))));
    this.watcher = Thread.ofPlatform().name("inbox").start(this::watch);
  }

  private LiveStreams streams(
      ServiceContext context,
      IngestConfig config,
      FFmpeg ffmpeg,
      Map<String, List<String>> recipe) {
    try {
      return new LiveStreams(
          LiveStreams.plans(config.streams().orElse("")), context, producer, ffmpeg, recipe);
    } catch (IllegalArgumentException e) {
      throw new SettingsException("sonograph.ingest.streams: " + e.getMessage(), e);
    }
  }

  static RunningIngest start(ServiceContext context) throws IOException {
    return new RunningIngest(context);
  }

  private Ingest ingest(ServiceContext context, IngestConfig config, FFmpeg ffmpeg) {
    AheadGate gate =
        new AheadGate(new LaggingPictures(admin), Restraint.most(config::ahead), Thread::sleep);
    IngestLimits limits =
        new IngestLimits(
            Duration.ofMinutes(config.longestMinutes()),
            Duration.ofMinutes(config.notebookLongestMinutes()));
    TakeSender.Backbone backbone =
        new TakeSender.Backbone(
            producer, context.serde(Topics.AUDIO_CHUNKS), ledger(context), gate);
    return new Ingest(ffmpeg, backbone, limits, context.meters());
  }

  private SentLedger ledger(ServiceContext context) {
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            context.kafka().freeConsumer(IngestService.NAME),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      return ControlLedger.read(consumer, producer, context.serde(Topics.CONTROL));
    }
  }

  private void addRoutes(
      ServiceContext context, IngestConfig config, Ingest ingest, Map<String, List<String>> recipe)
      throws IOException {
    Path folder = dataFolder(config);
    Path uploads = folder.resolve("uploads");
    Spool spool =
        new Spool(
            folder.resolve("arriving"),
            (long) config.uploadMaxMib() << 20,
            new Spool.Quota((long) config.uploadQuotaMib() << 20, uploads));
    spool.clear();
    TakesEndpoint endpoint =
        new TakesEndpoint(
            ingest,
            desk,
            new TakesEndpoint.Storage(
                spool,
                new UploadStore(uploads),
                new Semaphore(config.uploadsAtOnce(), true),
                UPLOAD_PATIENCE),
            recipe,
            new SecureRandom());
    endpoint.resume();
    context.http().routes(endpoint::addTo);
  }

  /** Folder for uploads, by custom where none is set; never a temporary one. */
  private static Path dataFolder(IngestConfig config) {
    String xdg = System.getenv("XDG_DATA_HOME");
    Path user =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "share")
            : Path.of(xdg);
    return config.dataDir().map(Path::of).orElseGet(() -> user.resolve("sonograph"));
  }

  /**
   * A recipe that names no model is completed by each take; anything else wrong stops the start.
   */
  private static Map<String, List<String>> baseRecipe(IngestConfig config) {
    try {
      Map<String, List<String>> options = RecipeText.parse(config.recipe().orElse(""));
      Recipe.of(options, Map.of("model", List.of("any")));
      if (config.inbox().isPresent()) {
        Recipe.of(options);
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw new SettingsException("sonograph.ingest.recipe: " + e.getMessage(), e);
    }
  }

  private void watch() {
    try {
      while (inbox.isPresent()) {
        inbox.get().look(System.nanoTime());
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public HealthReport health() {
    if (!desk.isAlive()) {
      return HealthReport.dead("the thread that takes sound in has ended");
    }
    return desk.trouble()
        .or(streams::trouble)
        .or(() -> inbox.flatMap(Inbox::trouble))
        .map(HealthReport::notReady)
        .orElseGet(HealthReport::ready);
  }

  @Override
  public void close() {
    watcher.interrupt();
    try {
      watcher.join(JOIN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close();
    desk.close();
    backlog.close();
    producerMetrics.close();
    producer.close(CLOSE);
    admin.close(CLOSE);
  }
}
