package org.sonograph.gallery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.page.GalleryPage;
import org.sonograph.gallery.page.Offer;
import org.sonograph.gallery.page.Remover;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.SettingsException;
import org.sonograph.schemas.Topics;

/** The page, and the thread that brings it previews. */
final class PageDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PageDesk.class);

  private static final int SECONDS_A_DAY = 86_400;
  private static final double BYTES_A_GB = 1e9;

  private final GalleryPage page;
  private final PreviewReader previews;

  private PageDesk(GalleryPage page, PreviewReader previews) {
    this.page = page;
    this.previews = previews;
  }

  /** Opens the page over a gallery's folder. */
  static PageDesk open(
      ServiceContext context, Path out, Remover remover, Supplier<List<Offer>> offers) {
    GalleryConfig config = context.settings(GalleryConfig.class);
    GalleryPage page =
        new GalleryPage(
            new GalleryPage.Settings(
                out,
                config.ingestUrl().map(PageDesk::uri),
                context.settings(HttpConfig.class).token(),
                config.expectedPassSeconds(),
                offers),
            remover);
    page.keep(
        seconds(config.keepDays() * SECONDS_A_DAY),
        (long) Math.ceil(config.keepGb() * BYTES_A_GB),
        context.meters());
    PreviewReader previews =
        new PreviewReader(
            new KafkaConsumer<>(
                context.kafka().freeConsumer(GalleryService.NAME + "-previews"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            context.serde(Topics.PREVIEWS),
            page.previews());
    Thread.ofPlatform().name("gallery-previews").daemon().start(previews);
    context.http().routes(routes -> page.addTo(routes, context.http()::isPrivate));
    if (context.http().isPrivate()) {
      LOG.info("the page is at {}", context.http().url());
    } else {
      LOG.warn("the page is not served: beyond this machine it needs sonograph.http.token");
    }
    return new PageDesk(page, previews);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }

  private static URI uri(String text) {
    String address = Optional.of(text).filter(t -> t.matches("https?://[^/]+/?")).orElse("");
    if (address.isEmpty()) {
      throw new SettingsException(
          "sonograph.gallery.ingest-url=%s, expected an address such as http://ingest:8090"
              .formatted(text));
    }
    return URI.create(address.replaceAll("/$", ""));
  }

  GalleryPage page() {
    return page;
  }

  @Override
  public void close() {
    page.close();
    previews.stop();
  }
}
