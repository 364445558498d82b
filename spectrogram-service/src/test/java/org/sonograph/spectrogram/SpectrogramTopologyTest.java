package org.sonograph.spectrogram;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.wire.InversionWire;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.InMemoryRegistry;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;
import org.sonograph.schemas.Undiffused;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;

class SpectrogramTopologyTest {
  private static final int RATE = 22_050;
  private static final int CHUNK = 256 * 100;
  private static final NotebookLimits LIMITS =
      new NotebookLimits(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(1));

  @TempDir java.nio.file.Path folder;
  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private TopologyTestDriver driver;
  private TestInputTopic<String, byte[]> in;
  private TestOutputTopic<String, SpectrogramImage> out;
  private TestOutputTopic<String, DiffusedImage> undiffused;
  private TestOutputTopic<byte[], byte[]> letters;

  @BeforeEach
  void start() {
    Properties properties = new Properties();
    properties.putAll(
        Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG, "test",
            StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1",
            StreamsConfig.STATE_DIR_CONFIG, folder.toString()));
    driver = new TopologyTestDriver(topology(), properties);
    in =
        driver.createInputTopic(
            Topics.AUDIO_CHUNKS.name(), new StringSerializer(), new ByteArraySerializer());
    out =
        driver.createOutputTopic(
            Topics.SPECTROGRAM_IMAGES.name(),
            new StringDeserializer(),
            AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry).deserializer());
    undiffused =
        driver.createOutputTopic(
            Topics.DIFFUSED_IMAGES.name(),
            new StringDeserializer(),
            AvroSerde.of(Topics.DIFFUSED_IMAGES, registry).deserializer());
    letters =
        driver.createOutputTopic(
            Topics.deadLetter(Topics.AUDIO_CHUNKS.name()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  @AfterEach
  void stop() {
    driver.close();
  }

  private Topology topology() {
    return SpectrogramTopology.build(LIMITS, registry, meters);
  }

  private void send(AudioChunk chunk) {
    byte[] bytes =
        AvroSerde.of(Topics.AUDIO_CHUNKS, registry).write(Topics.AUDIO_CHUNKS.name(), chunk);
    send(chunk, bytes);
  }

  private void send(AudioChunk chunk, byte[] bytes) {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, chunk.getPlace(), chunk.getSource(), chunk.getInterpretation());
    in.pipeInput(new TestRecord<>(Keys.chunk(chunk.getPlace()), bytes, headers));
  }

  private static PngImage png(SpectrogramImage image) {
    return PngCodec.decode(PcmWire.bytes(image.getPng()), PngLimits.DEFAULT);
  }

  private static boolean isStoreEmpty(TopologyTestDriver driver, String store) {
    try (var all = driver.getKeyValueStore(store).all()) {
      return !all.hasNext();
    }
  }

  @Test
  void topologyIsAsExpected() throws IOException {
    try (var expected = getClass().getResourceAsStream("/expected_topology.txt")) {
      assertThat(topology().describe().toString())
          .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void picturesAndDeadLettersGoOnInTheTraceOfTheirChunk() {
    AudioChunk chunk = TestChunks.tape(TestChunks.sweep(48_000, 2, 48_000)).getFirst();
    AvroSerde<AudioChunk> serde = AvroSerde.of(Topics.AUDIO_CHUNKS, registry);
    for (byte[] bytes : List.of(serde.write(Topics.AUDIO_CHUNKS.name(), chunk), new byte[3])) {
      RecordHeaders headers = new RecordHeaders();
      ChunkHeaders.write(headers, chunk.getPlace(), chunk.getSource(), chunk.getInterpretation());
      HopWork.first("ingest-service", Optional.empty()).writeTo(headers);
      TraceContext came = TraceContext.read(headers).orElseThrow();
      in.pipeInput(new TestRecord<>(Keys.chunk(chunk.getPlace()), bytes, headers));
      assertGoesOn(came, out.readRecord().headers());
      if (!letters.isEmpty()) {
        assertGoesOn(came, letters.readRecord().headers());
      }
    }
  }

  private static void assertGoesOn(TraceContext came, Headers headers) {
    TraceContext left = TraceContext.read(headers).orElseThrow();
    assertThat(left.traceId()).isEqualTo(came.traceId());
    assertThat(left.spanId()).isNotEqualTo(came.spanId());
    assertThat(Hop.read(headers).orElseThrow().parent()).isEqualTo(came.spanId());
    assertThat(Hop.read(headers).orElseThrow().stage()).isEqualTo(SpectrogramImages.STAGE);
  }

  @Test
  void tapeDrawsEveryChunkWithWhatInvertsIt() {
    List<AudioChunk> chunks = TestChunks.tape(TestChunks.sweep(48_000, 2, 400_000));
    chunks.forEach(this::send);
    List<TestRecord<String, SpectrogramImage>> sent = out.readRecordsToList();
    assertThat(sent).hasSize(chunks.size());
    for (int k = 0; k < sent.size(); k++) {
      SpectrogramImage image = sent.get(k).value();
      assertThat(sent.get(k).key()).isEqualTo(TestChunks.TAKE + "/" + k);
      assertThat(image.getPlace()).isEqualTo(chunks.get(k).getPlace());
      assertThat(image.getFailure()).isNull();
      assertThat(image.getLevel().getHistogram()).isEmpty();
      assertThat(png(image).picture().width()).isEqualTo(512);
      assertThat(png(image).picture().height()).isEqualTo(512);
      assertThat(Inversion.fromText(png(image).text()))
          .contains(InversionWire.fromAvro(image.getInversion()));
      assertThat(ChunkHeaders.read(sent.get(k).headers()).orElseThrow().readings())
          .containsExactly("rgb-mean", "chirp");
    }
  }

  @Test
  void tapeChunksOfOneTrackShareTheirWhite() {
    TestChunks.tape(TestChunks.sweep(48_000, 1, 400_000)).forEach(this::send);
    assertThat(out.readValuesToList())
        .extracting(image -> image.getInversion().getWhiteDb())
        .hasSize(2)
        .containsOnly(
            TapePictures.draw(TestChunks.tape(TestChunks.sweep(48_000, 1, 400_000)).getFirst())
                .getInversion()
                .getWhiteDb());
  }

  @Test
  void failureOfAnEarlierStageTravelsOn() {
    AudioChunk chunk = TestChunks.tape(TestChunks.sweep(48_000, 1, 30_000)).getFirst();
    Failure failure = new Failure("ingest-service", "broken", "no more");
    send(AudioChunk.newBuilder(chunk).setFailure(failure).build());
    SpectrogramImage image = out.readValue();
    assertThat(image.getFailure()).isEqualTo(failure);
    assertThat(image.getPlace()).isEqualTo(chunk.getPlace());
    assertThat(image.getPng().remaining()).isZero();
  }

  @Test
  void unreadableRecordBecomesDeadLetterAndFailure() {
    AudioChunk chunk = TestChunks.tape(TestChunks.sweep(48_000, 1, 30_000)).getFirst();
    byte[] junk = {9, 9, 9};
    send(chunk, junk);
    TestRecord<byte[], byte[]> letter = letters.readRecord();
    assertThat(letter.value()).isEqualTo(junk);
    assertThat(DeadLetter.text(letter.headers(), DeadLetter.STAGE)).contains("spectrogram-service");
    SpectrogramImage image = out.readValue();
    assertThat(image.getFailure().getCode()).isEqualTo("unreadable");
    assertThat(image.getPlace()).isEqualTo(chunk.getPlace());
    assertThat(image.getInterpretation().getReadings()).hasSize(2);
  }

  @Test
  void chunkThatCannotBeDrawnFailsAlone() {
    List<AudioChunk> chunks = TestChunks.tape(TestChunks.sweep(48_000, 1, 400_000));
    send(AudioChunk.newBuilder(chunks.getFirst()).setSampleFormat("mulaw").build());
    send(chunks.getLast());
    List<SpectrogramImage> sent = out.readValuesToList();
    assertThat(sent.getFirst().getFailure().getReason()).contains("mulaw").contains("f32le");
    assertThat(sent.getLast().getFailure()).isNull();
  }

  @Test
  void notebookPictureFromChunksEqualsThatOfTheWhole() {
    Sound sound = TestChunks.sweep(RATE, 2, 3 * CHUNK + 777);
    TestChunks.notebook(sound, CHUNK).forEach(this::send);
    SpectrogramImage image = out.readValue();
    float[][] columns =
        NotebookSpectrogram.powerColumns(sound, 0, sound.length(), NotebookSpectrogram.Part.WHOLE);
    Picture expected =
        NotebookSpectrogram.resized(
            NotebookSpectrogram.full(List.of(columns), PowerRange.NONE.including(columns)));
    assertThat(png(image).picture()).isEqualTo(expected);
    assertThat(image.getInversion().getFrames()).isEqualTo(columns.length);
    assertThat(image.getPlace().getChunk()).isZero();
    assertThat(image.getPlace().getTotalChunks()).isEqualTo(1);
    assertThat(image.getPlace().getLengthSamples()).isEqualTo(sound.length());
    assertThat(out.isEmpty()).isTrue();
  }

  @Test
  void notebookPictureIsTheSameWithoutABroker() {
    List<AudioChunk> chunks = TestChunks.notebook(TestChunks.sweep(RATE, 2, 2 * CHUNK + 5), CHUNK);
    chunks.forEach(this::send);
    NotebookPicture picture = new NotebookPicture();
    chunks.forEach(picture::add);
    assertThat(picture.draw()).isEqualTo(out.readValue());
    assertThat(picture.unresized().height()).isEqualTo(257);
  }

  @Test
  void notebookStoresAreEmptyAfterThePicture() {
    TestChunks.notebook(TestChunks.sweep(RATE, 1, 2 * CHUNK), CHUNK).forEach(this::send);
    assertThat(out.readValue().getFailure()).isNull();
    assertThat(List.of("notebook-open", "notebook-about", "notebook-columns"))
        .allMatch(store -> isStoreEmpty(driver, store));
    driver.advanceWallClockTime(LIMITS.closedLifetime().plusHours(1));
    assertThat(isStoreEmpty(driver, "notebook-closed")).isTrue();
  }

  @Test
  void repeatedNotebookChunksChangeNothing() {
    List<AudioChunk> chunks = TestChunks.notebook(TestChunks.sweep(RATE, 1, 2 * CHUNK), CHUNK);
    send(chunks.get(0));
    send(chunks.get(0));
    send(chunks.get(1));
    send(chunks.get(1));
    send(chunks.get(0));
    assertThat(out.readValuesToList()).hasSize(1).allMatch(image -> image.getFailure() == null);
  }

  @Test
  void missingNotebookChunkFailsAfterTheLast() {
    List<AudioChunk> chunks = TestChunks.notebook(TestChunks.sweep(RATE, 1, 3 * CHUNK), CHUNK);
    send(chunks.get(0));
    assertThat(out.isEmpty()).isTrue();
    send(chunks.get(2));
    SpectrogramImage image = out.readValue();
    assertThat(image.getFailure().getCode()).isEqualTo("missing-chunk");
    assertThat(image.getFailure().getReason()).contains("chunk=2").contains("expected chunk=1");
    assertThat(image.getPlace().getLengthSamples()).isEqualTo(3 * CHUNK);
    assertThat(isStoreEmpty(driver, "notebook-columns")).isTrue();
  }

  @Test
  void unreadableNotebookChunkFailsThePicture() {
    List<AudioChunk> chunks = TestChunks.notebook(TestChunks.sweep(RATE, 1, 3 * CHUNK), CHUNK);
    send(chunks.get(0), new byte[] {1});
    send(chunks.get(1));
    send(chunks.get(2));
    assertThat(out.readValuesToList())
        .hasSize(1)
        .allMatch(image -> image.getFailure().getCode().equals("unreadable"));
    assertThat(letters.readValuesToList()).hasSize(1);
  }

  @Test
  void silentNotebookTakeIsGivenUp() {
    List<AudioChunk> chunks = TestChunks.notebook(TestChunks.sweep(RATE, 1, 3 * CHUNK), CHUNK);
    send(chunks.get(0));
    driver.advanceWallClockTime(LIMITS.patience().minusMinutes(1));
    assertThat(out.isEmpty()).isTrue();
    driver.advanceWallClockTime(Duration.ofMinutes(2));
    assertThat(out.readValue().getFailure().getCode()).isEqualTo("overdue");
    send(chunks.get(1));
    send(chunks.get(2));
    assertThat(out.isEmpty()).isTrue();
  }

  @Test
  void longNotebookTakeIsRefusedWithAdvice() {
    Sound minutes = Sound.silence(1000, 1, 61_000);
    TestChunks.notebook(minutes, 256 * 50).forEach(this::send);
    Failure failure = out.readValue().getFailure();
    assertThat(failure.getCode()).isEqualTo("too-long");
    assertThat(failure.getReason()).contains("profile tape");
  }

  @Test
  void whatNobodyPaintsGoesStraightToTheDecoderInItsTrace() {
    AudioChunk drawn = TestChunks.tape(TestChunks.sweep(48_000, 2, 48_000)).getFirst();
    AudioChunk chunk =
        AudioChunk.newBuilder(drawn)
            .setInterpretation(Undiffused.of(drawn.getInterpretation()))
            .build();
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, chunk.getPlace(), chunk.getSource(), chunk.getInterpretation());
    HopWork.first("ingest-service", Optional.empty()).writeTo(headers);
    in.pipeInput(
        new TestRecord<>(
            Keys.chunk(chunk.getPlace()),
            AvroSerde.of(Topics.AUDIO_CHUNKS, registry).write(Topics.AUDIO_CHUNKS.name(), chunk),
            headers));
    send(drawn);
    TestRecord<String, DiffusedImage> art = undiffused.readRecord();
    SpectrogramImage picture = out.readValue();
    assertThat(out.isEmpty() && undiffused.isEmpty()).isTrue();
    assertThat(art.key()).isEqualTo(Keys.chunk(chunk.getPlace()));
    assertThat(art.value().getPng()).isEqualTo(picture.getPng());
    assertThat(art.value().getInversion()).isEqualTo(picture.getInversion());
    assertThat(art.value().getLevel()).isEqualTo(picture.getLevel());
    assertThat(art.value().getGeneration().getModelId()).isEqualTo("none");
    assertGoesOn(TraceContext.read(headers).orElseThrow(), art.headers());
    assertThat(ChunkHeaders.read(art.headers())).isPresent();
  }
}
