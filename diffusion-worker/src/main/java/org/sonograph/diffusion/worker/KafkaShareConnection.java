package org.sonograph.diffusion.worker;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.KafkaSettings;
import org.sonograph.runtime.PipelineMembers;
import org.sonograph.runtime.ShareGroupSetup;

/** The share group on a real broker. */
final class KafkaShareConnection implements ShareConnection {
  private static final long ANSWER_S = 3;

  private final KafkaSettings kafka;
  private final Duration lock;
  private final AtomicInteger opened = new AtomicInteger();

  KafkaShareConnection(KafkaSettings kafka, Duration lock) {
    this.kafka = kafka;
    this.lock = lock;
  }

  /** Sets what the group needs and checks it; comes before the first consumer. */
  void prepare() {
    try (Admin admin = Admin.create(kafka.admin())) {
      ShareGroupSetup.ensure(admin, Groups.DIFFUSION, lock);
    }
  }

  @Override
  public ShareConsumer<byte[], byte[]> open(int records) {
    Map<String, Object> settings = kafka.shareConsumer(Groups.DIFFUSION, records);
    settings.put(
        CommonClientConfigs.CLIENT_ID_CONFIG, PipelineMembers.clientId(opened.incrementAndGet()));
    return new KafkaShareConsumer<>(
        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public boolean brokerAnswers() {
    try (Admin admin = Admin.create(kafka.admin())) {
      try {
        return !admin.describeCluster().nodes().get(ANSWER_S, TimeUnit.SECONDS).isEmpty();
      } catch (ExecutionException | TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        admin.close(Duration.ZERO);
      }
    }
  }
}
