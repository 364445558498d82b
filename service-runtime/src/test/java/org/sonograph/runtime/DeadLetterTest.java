package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

class DeadLetterTest {
  private static final String TOPIC = Topics.SPECTROGRAM_IMAGES.name();

  @Test
  void keepsTheOriginalBytesAndSaysWhy() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    ConsumerRecord<byte[], byte[]> record = Records.of(TOPIC, "ab12/7", new byte[] {9, 9});
    record.headers().add("mine", new byte[] {1});
    new DeadLetters(producer, meters)
        .send(record, "diffusion-worker", "unreadable", new IllegalStateException("bad bytes"));
    ProducerRecord<byte[], byte[]> letter = producer.history().get(0);
    assertThat(letter.topic()).isEqualTo(TOPIC + ".dlq");
    assertThat(letter.key()).isEqualTo("ab12/7".getBytes(StandardCharsets.UTF_8));
    assertThat(letter.value()).containsExactly(9, 9);
    assertThat(letter.headers().lastHeader("mine").value()).containsExactly(1);
    assertThat(text(letter.headers(), "topic")).isEqualTo(TOPIC);
    assertThat(text(letter.headers(), "partition")).isEqualTo("3");
    assertThat(text(letter.headers(), "offset")).isEqualTo("42");
    assertThat(text(letter.headers(), "stage")).isEqualTo("diffusion-worker");
    assertThat(text(letter.headers(), "code")).isEqualTo("unreadable");
    assertThat(text(letter.headers(), "exception.message")).isEqualTo("bad bytes");
    assertThat(text(letter.headers(), "exception.class.name")).endsWith("IllegalStateException");
    assertThat(text(letter.headers(), "exception.stacktrace")).contains("DeadLetterTest");
    assertThat(
            meters
                .get("sonograph.dead.letters")
                .tags("topic", TOPIC, "stage", "diffusion-worker", "code", "unreadable")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(record.headers().toArray()).hasSize(1);
  }

  @Test
  void aReplayTakesTheCauseOffAndGoesOnInTheLettersTrace() {
    ConsumerRecord<byte[], byte[]> record = Records.of(TOPIC, "k", new byte[0]);
    record.headers().add("mine", new byte[] {1});
    Headers headers =
        DeadLetter.headers(record, new DeadLetter.Cause("s", "c", new RuntimeException()));
    DeadLetter.removeCause(headers);
    assertThat(headers.toArray())
        .extracting(Header::key)
        .containsExactly("mine", "traceparent", "sonograph.hop");
  }

  @Test
  void anUnreadableRecordWithHeadersHasAStandIn() {
    RecordReader<SpectrogramImage> reader =
        new RecordReader<>(
            Topics.SPECTROGRAM_IMAGES, RegistryClient.inMemory(), "diffusion-worker");
    ConsumerRecord<byte[], byte[]> record = Records.of(TOPIC, "ab12/7", new byte[] {9, 9});
    Place place = Place.newBuilder().setTake("ab12").setChunk(7).setLengthSamples(5).build();
    ChunkHeaders.write(record.headers(), place, java.util.List.of("red", "chirp"));
    ReadResult.Unreadable<SpectrogramImage> result =
        (ReadResult.Unreadable<SpectrogramImage>) reader.read(record);
    SpectrogramImage standIn = result.failed().orElseThrow();
    assertThat(standIn.getPlace()).isEqualTo(place);
    assertThat(standIn.getFailure().getStage()).isEqualTo("diffusion-worker");
    assertThat(standIn.getFailure().getCode()).isEqualTo("unreadable");
    assertThat(standIn.getFailure().getReason()).contains("expected byte 0");
    assertThat(standIn.getInterpretation().getReadings()).hasSize(2);
    assertThat(result.cause().code()).isEqualTo("unreadable");
  }

  @Test
  void anUnreadableRecordWithoutHeadersIsOnlyADeadLetter() {
    RecordReader<SpectrogramImage> reader =
        new RecordReader<>(Topics.SPECTROGRAM_IMAGES, RegistryClient.inMemory(), "x");
    for (byte[] value : new byte[][] {null, {}, {9, 9}}) {
      ReadResult.Unreadable<SpectrogramImage> result =
          (ReadResult.Unreadable<SpectrogramImage>) reader.read(Records.of(TOPIC, "k", value));
      assertThat(result.failed()).isEmpty();
    }
  }

  private static String text(Headers headers, String name) {
    return DeadLetter.text(headers, "__sonograph.errors." + name).orElseThrow();
  }
}
