package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.Topics;

class KafkaSettingsTest {
  private final KafkaSettings settings =
      KafkaSettings.of(
          Settings.load(
              List.of(
                  "--kafka.client.ssl.truststore.type=PEM",
                  "--kafka.client.linger.ms=7",
                  "--kafka.client.heartbeat.interval.ms=2000",
                  "--kafka.instance-id=a"),
              Map.of(),
              List.of()));

  @Test
  void everyClientTakesAPayloadOfTheLargestSize() {
    assertThat((int) settings.producer("p").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
        .isGreaterThan(Topics.PAYLOAD_MAX_BYTES);
    assertThat((long) settings.producer("p").get(ProducerConfig.BUFFER_MEMORY_CONFIG))
        .isGreaterThan(Topics.PAYLOAD_MAX_BYTES);
    for (Map<String, Object> consumer :
        List.of(settings.consumer("g"), settings.shareConsumer("g"), settings.freeConsumer("c"))) {
      assertThat((int) consumer.get(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG))
          .isEqualTo(Topics.MESSAGE_MAX_BYTES);
      assertThat((int) consumer.get(ConsumerConfig.FETCH_MAX_BYTES_CONFIG))
          .isGreaterThanOrEqualTo(Topics.MESSAGE_MAX_BYTES);
    }
    StreamsConfig streams = streams();
    assertThat(streams.getProducerConfigs("p").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
        .isEqualTo(Topics.MESSAGE_MAX_BYTES);
    assertThat(streams.getMainConsumerConfigs("app", "c", 0))
        .containsEntry(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topics.MESSAGE_MAX_BYTES)
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
  }

  @Test
  void producersNeverLoseOrDoubleARecord() {
    assertThat(settings.producer("p"))
        .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
        .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    assertThat(streams().getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
  }

  @Test
  void consumersReadWhatWasCommittedFromTheBeginning() {
    assertThat(settings.consumer("g"))
        .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
        .containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false)
        .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "g-a");
  }

  @Test
  void aRealShareConsumerTakesItsProperties() {
    assertThat(settings.shareConsumer("g"))
        .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1)
        .containsEntry("share.acquire.mode", "record_limit");
    try (var consumer =
        new KafkaShareConsumer<>(
            settings.shareConsumer("g"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      assertThat(consumer.subscription()).isEmpty();
    }
  }

  @Test
  void aRealProducerTakesItsProperties() {
    new KafkaProducer<>(
            settings.producer("p"), new ByteArraySerializer(), new ByteArraySerializer())
        .close();
  }

  @Test
  void passThroughReachesTheClientsThatKnowIt() {
    assertThat(settings.producer("p"))
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("linger.ms", "7");
    assertThat(settings.consumer("g"))
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("heartbeat.interval.ms", "2000")
        .doesNotContainKey("linger.ms");
    assertThat(settings.admin())
        .containsEntry("ssl.truststore.type", "PEM")
        .doesNotContainKeys("linger.ms", "heartbeat.interval.ms");
    assertThat(settings.shareConsumer("g")).doesNotContainKey("heartbeat.interval.ms");
    assertThat(streams().getProducerConfigs("p")).containsEntry("linger.ms", "7");
    assertThat(AdminClientConfig.configNames()).containsAll(settings.admin().keySet());
  }

  private StreamsConfig streams() {
    Map<String, Object> all = new HashMap<>(settings.streams("app"));
    Properties properties = new Properties();
    properties.putAll(all);
    return new StreamsConfig(properties);
  }
}
