package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CatalogueTest {
  @Test
  void namesTheTopicsOnce() {
    assertThat(Topics.all().stream().map(Topic::name))
        .containsExactly(
            "audio.chunks",
            "spectrogram.images",
            "diffused.images",
            "audio.outputs",
            "diffusion.previews",
            "sonograph.control");
    assertThat(Topics.named("audio.chunks")).contains(Topics.AUDIO_CHUNKS);
    assertThat(Topics.named("audio.chunk")).isEmpty();
  }

  @Test
  void everyTopicHasADeadLetterTopicThatNamesIt() {
    for (Topic<?> topic : Topics.all()) {
      String letters = Topics.deadLetter(topic.name());
      assertThat(Topics.isDeadLetter(letters)).isTrue();
      assertThat(Topics.originOf(letters)).isEqualTo(topic.name());
    }
    assertThatThrownBy(() -> Topics.originOf("audio.chunks")).hasMessageContaining(".dlq");
  }

  @Test
  void aCompactedTopicHasOnePartition() {
    assertThat(Topics.CONTROL.partitions(12)).isEqualTo(1);
    assertThat(Topics.AUDIO_CHUNKS.partitions(12)).isEqualTo(12);
  }

  @Test
  void keysReadBackAsWritten() {
    assertThat(Keys.chunk("ab12", 7)).isEqualTo("ab12/7");
    assertThat(Keys.parseChunk("ab12/7")).contains(new Keys.ChunkKey("ab12", 7));
    assertThat(Keys.event("sent", "ab12")).isEqualTo("sent/ab12");
    for (String bad : new String[] {"", "ab12", "/7", "ab12/", "ab12/x", "ab12/-1"}) {
      assertThat(Keys.parseChunk(bad)).as(bad).isEqualTo(Optional.empty());
    }
    assertThatThrownBy(() -> Keys.take("a/b")).hasMessageContaining("take='a/b'");
  }

  @Test
  void headersTellPlaceSourceAndReadings() {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, TestRecords.place(), java.util.List.of("old"));
    ChunkHeaders.write(
        headers, TestRecords.place(), TestRecords.source(), TestRecords.interpretation());
    ChunkHeaders read = ChunkHeaders.read(headers).orElseThrow();
    assertThat(read.toPlace()).isEqualTo(TestRecords.place());
    assertThat(read.readings()).containsExactly("rgb-mean", "chirp");
    assertThat(read.toSource().getName()).isEqualTo(TestRecords.source().getName());
    assertThat(read.toInterpretation().getProfile()).isEqualTo("tape");
    assertThat(read.toInterpretation().getReadings().get(1).getName()).isEqualTo("chirp");
    assertThat(headers.toArray()).hasSize(17);
  }

  @Test
  void headersOfAnEarlierVersionSayNothingOfFreshSamplesTimeAndFolder() {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, TestRecords.place(), java.util.List.of("red"));
    headers.remove("sonograph.fresh-samples");
    headers.remove("sonograph.closed-ms");
    headers.remove("sonograph.folder");
    headers.remove("sonograph.stream");
    headers.remove("sonograph.due-ms");
    headers.remove("sonograph.stand-in");
    Place read = ChunkHeaders.read(headers).orElseThrow().toPlace();
    assertThat(read.getFreshSamples()).isZero();
    assertThat(read.getClosedMs()).isZero();
    assertThat(read.getFolder()).isEmpty();
    assertThat(read.getStream()).isEmpty();
    assertThat(read.getDueMs()).isZero();
    assertThat(read.getLengthSamples()).isEqualTo(TestRecords.place().getLengthSamples());
  }

  @Test
  void missingOrDamagedHeadersAreNoHeaders() {
    assertThat(ChunkHeaders.read(new RecordHeaders())).isEmpty();
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, TestRecords.place(), java.util.List.of("red"));
    headers.remove("sonograph.chunk");
    assertThat(ChunkHeaders.read(headers)).isEmpty();
    headers.add("sonograph.chunk", "-1".getBytes());
    assertThat(ChunkHeaders.read(headers)).isEmpty();
  }

  @Test
  void aStandInCarriesTheFailureAndNothingElse() {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(
        headers, TestRecords.place(), TestRecords.source(), TestRecords.interpretation());
    Failure failure = Failure.newBuilder().setStage("s").setCode("c").setReason("r").build();
    DiffusedImage record =
        FailureRecords.of(DiffusedImage.class, ChunkHeaders.read(headers).orElseThrow(), failure);
    assertThat(record.getFailure()).isEqualTo(failure);
    assertThat(record.getPlace()).isEqualTo(TestRecords.place());
    assertThat(record.getPng().remaining()).isZero();
    assertThat(record.getLevel().getIntegratedLufs()).isEqualTo(-70);
    assertThat(FailureRecords.canCarry(TakeEvent.class)).isFalse();
    InMemoryRegistry registry = RegistryClient.inMemory();
    AvroSerde<DiffusedImage> serde = AvroSerde.of(Topics.DIFFUSED_IMAGES, registry);
    assertThat(serde.read("t", serde.write("t", record))).isEqualTo(record);
  }
}
