package org.sonograph.gallery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.live.Encoders;
import org.sonograph.gallery.live.JavaCardLines;
import org.sonograph.gallery.live.LiveMemory;
import org.sonograph.gallery.live.LiveRoutes;
import org.sonograph.gallery.live.LiveStream;
import org.sonograph.gallery.live.LiveStreams;
import org.sonograph.gallery.live.OutputControl;
import org.sonograph.gallery.live.Routes;
import org.sonograph.gallery.live.SoundCard;
import org.sonograph.runtime.Hours;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.runtime.settings.HoursConfig;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.schemas.Topics;

/**
 * Live sound out: the streams, their routes, and the thread that brings them pieces. It is heard
 * before there is a broker.
 */
final class LiveDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveDesk.class);

  /** Folder of what is kept of streams, in the gallery's. */
  private static final String MEMORY = ".live";

  private final LiveStreams streams;
  private volatile Optional<LiveReader> reader = Optional.empty();

  private LiveDesk(LiveStreams streams) {
    this.streams = streams;
  }

  /** The sound card, which plays one stream at a time. */
  private static final class Cards {
    private final GalleryConfig config;
    private final Routes routes;
    private final AtomicBoolean isTaken = new AtomicBoolean();

    Cards(GalleryConfig config) {
      this.config = config;
      try {
        this.routes = Routes.parse(config.liveRoute().orElse(""));
      } catch (IllegalArgumentException e) {
        throw new SettingsException("sonograph.gallery.live-" + e.getMessage(), e);
      }
    }

    void play(LiveStream stream) {
      boolean isAsked = config.liveCardStream().map(stream.name()::equals).orElse(true);
      if (config.liveCard().isPresent() && isAsked && isTaken.compareAndSet(false, true)) {
        stream.playOn(new SoundCard(new JavaCardLines(config.liveCard().get()), routes));
        stream.atEnd(() -> isTaken.set(false));
      }
    }
  }

  /** Opens it: what was kept of streams is heard, until {@link #follow} brings more. */
  static LiveDesk open(ServiceContext context, Path out, FFmpegSettings ffmpegSettings) {
    GalleryConfig config = context.settings(GalleryConfig.class);
    Duration forget = Duration.ofSeconds(config.liveForgetSeconds());
    LiveMemory memory =
        new LiveMemory(
            out.resolve(MEMORY),
            new ChunkFlac(ffmpegSettings),
            Duration.ofSeconds(config.liveMemorySeconds()));
    Cards cards = new Cards(config);
    LiveMeters meters = new LiveMeters(context.meters());
    Hours hours = Hours.of(context.settings(HoursConfig.class));
    AtomicReference<LiveStreams> all = new AtomicReference<>();
    LiveStreams streams =
        new LiveStreams(
            Encoders.of(() -> FFmpeg.open(ffmpegSettings)),
            forget,
            (name, encoders) -> {
              meters.watch(all.get(), name);
              LiveStream stream = memory.open(name, encoders, meters.freshness());
              stream.keepTo(hours);
              cards.play(stream);
              context.osc().out().ifPresent(stream::tell);
              return stream;
            });
    all.set(streams);
    remember(memory, streams, forget);
    LiveRoutes web = new LiveRoutes(streams, memory, context.http()::isPrivate, config.liveOpen());
    context.http().routes(web::addTo);
    context.osc().add(new OutputControl(streams));
    return new LiveDesk(streams);
  }

  /** Follows the topics from now on. */
  void follow(ServiceContext context) {
    LiveReader following =
        new LiveReader(
            () ->
                new KafkaConsumer<>(
                    context.kafka().freeConsumer(GalleryService.NAME + "-live"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()),
            new LiveReader.Serdes(
                context.serde(Topics.AUDIO_OUTPUTS), context.serde(Topics.DIFFUSED_IMAGES)),
            streams,
            System::currentTimeMillis);
    reader = Optional.of(following);
    Thread.ofPlatform().name("gallery-live").daemon().start(following);
  }

  /** Streams that were heard before a restart are heard again at once. */
  private static void remember(LiveMemory memory, LiveStreams streams, Duration forget) {
    try {
      memory.streams(forget).forEach(streams::open);
    } catch (IOException e) {
      LOG.warn("what was kept of streams cannot be listed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    reader.ifPresent(LiveReader::stop);
    streams.close();
  }
}
