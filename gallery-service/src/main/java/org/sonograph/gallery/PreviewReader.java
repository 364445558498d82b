package org.sonograph.gallery;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.page.Previews;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/**
 * Follows the previews from now on. Nobody depends on them: one that is lost or bad is left out.
 */
final class PreviewReader implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PreviewReader.class);
  private static final Duration POLL = Duration.ofMillis(250);

  private final Consumer<byte[], byte[]> consumer;
  private final AvroSerde<DiffusedImage> serde;
  private final Previews previews;
  private volatile boolean stopping;

  PreviewReader(
      Consumer<byte[], byte[]> consumer, AvroSerde<DiffusedImage> serde, Previews previews) {
    this.consumer = consumer;
    this.serde = serde;
    this.previews = previews;
  }

  @Override
  public void run() {
    try (consumer) {
      List<TopicPartition> all =
          consumer.partitionsFor(Topics.PREVIEWS.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(all);
      consumer.seekToEnd(all);
      while (!stopping) {
        consumer.poll(POLL).forEach(this::put);
      }
    } catch (WakeupException e) {
      LOG.debug("woken up to stop");
    } catch (KafkaException e) {
      LOG.warn("no previews from now on: {}", e.getMessage());
    }
  }

  private void put(ConsumerRecord<byte[], byte[]> record) {
    try {
      DiffusedImage preview = serde.read(record.topic(), record.value());
      previews.put(preview.getPlace().getTake(), preview.getPlace().getChunk(), preview.getPng());
    } catch (UnreadableValueException e) {
      LOG.debug("a preview is left out: {}", e.getMessage());
    }
  }

  void stop() {
    stopping = true;
    consumer.wakeup();
  }
}
