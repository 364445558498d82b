package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.Ingest;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.launcher.job.OutFolder;
import org.sonograph.launcher.job.PlannedTake;
import org.sonograph.launcher.job.SourceLook;
import org.sonograph.launcher.job.Submission;
import org.sonograph.launcher.journey.JourneyJson;
import org.sonograph.launcher.journey.JourneySearch;
import org.sonograph.launcher.journey.SightingReader;
import org.sonograph.launcher.recipe.RecipeOptions;
import org.sonograph.launcher.watch.PipelineWatch;
import org.sonograph.launcher.watch.Verdict;
import org.sonograph.runtime.DeadLetter;
import org.sonograph.runtime.RecordReader;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;

/** What becomes of pictures when their workers are killed, hang, stop or crash: real processes. */
@Tag("broker")
@Timeout(600)
class ITWorkers {
  private static final int RATE_HZ = 48_000;
  private static final int STRIDE_COLUMNS = 448;
  private static final String WORKER = "DiffusionWorkerService";
  private static final Duration SHORT_LOCK = Duration.ofSeconds(8);
  private static final Duration LONG_LOCK = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Embedded chain;
  private FFmpeg ffmpeg;
  private IdentifiedSource source;

  @AfterEach
  void stop() {
    if (chain != null) {
      chain.close();
    }
  }

  @Test
  void everyChunkEndsOnceThoughWorkersAreKilledStoppedAndTerminated() throws Exception {
    start("simulated:500", new Group(3, SHORT_LOCK), 160);
    OutFolder out = new OutFolder(folder.resolve("out"));
    PlannedTake disturbed = take("simulated:500", 0);
    try (Submission submission =
        Submission.start(
            chain.host(),
            ffmpeg,
            List.of(disturbed),
            Submission.Rules.all(there -> Long.MAX_VALUE))) {
      until(() -> arts(out, disturbed) >= 2);
      List<ProcessHandle> workers = workers();
      assertThat(workers).hasSize(3);
      workers.get(0).destroyForcibly();
      signal("STOP", workers.get(1));
      Thread.sleep(SHORT_LOCK.multipliedBy(2));
      signal("CONT", workers.get(1));
      workers.get(2).destroy();
      until(() -> isClosed(out, disturbed));
      assertThat(submission.crashes()).isEmpty();
    }
    PlannedTake calm = take("simulated:500", 1);
    try (Submission submission =
        Submission.start(
            chain.host(), ffmpeg, List.of(calm), Submission.Rules.all(there -> Long.MAX_VALUE))) {
      until(() -> isClosed(out, calm));
    }
    TrackFile track = out.take(disturbed.id()).orElseThrow();
    assertThat(track.isComplete()).isTrue();
    assertThat(track.failures()).isEmpty();
    assertThat(terminalRecords(disturbed.id()))
        .hasSize((int) disturbed.pictures())
        .allSatisfy((chunk, count) -> assertThat(count).as(chunk).isEqualTo(1));
    List<Path> pictures = pictures(track.folder());
    assertThat(pictures).hasSize((int) disturbed.pictures());
    Path undisturbed = out.take(calm.id()).orElseThrow().folder();
    for (Path picture : pictures) {
      assertThat(picture)
          .hasSameBinaryContentAs(undisturbed.resolve("art").resolve(picture.getFileName()));
    }
  }

  @Test
  void aWorkerThatCannotWorkIsTriedAgainAfterARest() throws Exception {
    Map<String, String> wrong = Map.of("sonograph.diffusion.batch", "many");
    Workers.Plan plan =
        new Workers.Plan(LoopbackPorts.free(1), 64, wrong, Optional.of(Duration.ofMillis(100)));
    Path log = folder.resolve("logs/worker.log");
    try (Workers workers = Workers.start(Installation.find(), folder, plan, line -> {})) {
      until(() -> workers.trouble().isPresent());
      assertThat(workers.trouble().orElseThrow()).contains("batch=many");
      Files.delete(log);
      until(() -> Files.exists(log));
    }
  }

  @Test
  void oneThatCannotWorkDoesNotEndTheOthers() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Integer> ports = List.of(taken.getLocalPort(), LoopbackPorts.free(1).getFirst());
      Workers.Plan plan = new Workers.Plan(ports, 64, Map.of(), Optional.empty());
      try (Workers workers = Workers.start(Installation.find(), folder, plan, told::add)) {
        until(() -> told.stream().anyMatch(line -> line.contains("the others go on")));
        assertThat(told.getLast()).contains("worker-1").doesNotContain("worker-2");
        assertThat(workers.trouble()).isEmpty();
        workers.check();
      }
    }
  }

  @Test
  void aPictureThatCrashesEveryWorkerIsSilenceAndTheRestIsPainted() throws Exception {
    String model = "crash-test:" + 3 * STRIDE_COLUMNS;
    start(model, new Group(2, LONG_LOCK), 60);
    OutFolder out = new OutFolder(folder.resolve("out"));
    PlannedTake take = take(model, 0);
    try (Submission submission =
        Submission.start(
            chain.host(), ffmpeg, List.of(take), Submission.Rules.all(there -> Long.MAX_VALUE))) {
      until(() -> isClosed(out, take));
      assertThat(submission.crashes()).isEmpty();
    }
    TrackFile track = out.take(take.id()).orElseThrow();
    assertThat(track.failures()).singleElement().asString().contains("diffusion-worker");
    assertThat(pictures(track.folder()).stream().map(p -> p.getFileName().toString()))
        .hasSize((int) take.pictures() - 1)
        .doesNotContain("000003.png");
    assertThat(terminalRecords(take.id())).hasSize((int) take.pictures());
    List<ConsumerRecord<byte[], byte[]>> letters =
        read(Topics.deadLetter(Topics.SPECTROGRAM_IMAGES.name()));
    assertThat(letters).hasSize(1);
    assertThat(RecordReader.key(letters.getFirst().key())).isEqualTo(take.id() + "/3");
    assertThat(DeadLetter.text(letters.getFirst().headers(), DeadLetter.CODE))
        .hasValue("delivery-limit");
    theLostChunksWayIsToldFromTheTopics(take);
    theVerdictIsWellAgainAndNamesTheLoss();
  }

  private void theLostChunksWayIsToldFromTheTopics(PlannedTake take) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      JourneySearch search =
          new JourneySearch(consumer, new SightingReader(chain.host().registry()));
      JsonNode lost = JourneyJson.of(search.chunk(new Keys.ChunkKey(take.id(), 3)));
      assertThat(lost.at("/failure/code").asText()).isEqualTo("delivery-limit");
      assertThat(lost.get("records").findValuesAsText("topic"))
          .containsExactly(
              Topics.AUDIO_CHUNKS.name(),
              Topics.SPECTROGRAM_IMAGES.name(),
              Topics.deadLetter(Topics.SPECTROGRAM_IMAGES.name()),
              Topics.DIFFUSED_IMAGES.name(),
              Topics.AUDIO_OUTPUTS.name());
      assertThat(lost.at("/records/3/attempt").asInt()).isGreaterThan(5);
      for (JsonNode way :
          List.of(lost, JourneyJson.of(search.chunk(new Keys.ChunkKey(take.id(), 2))))) {
        assertThat(way.get("records").findValuesAsText("trace")).doesNotContain("");
        assertThat(way.get("records").findValuesAsText("trace").stream().distinct()).hasSize(1);
        assertThat(way.get("records").findValuesAsText("span")).doesNotHaveDuplicates();
        assertThat(way.get("totalMs").asLong()).isPositive();
        assertThat(way.get("looked").findValuesAsText("topic"))
            .as("one partition of a topic, two of the first")
            .filteredOn(Topics.SPECTROGRAM_IMAGES.name()::equals)
            .hasSize(1);
      }
      JsonNode all = JourneyJson.of(search.take(take.id(), take.pictures()));
      assertThat(all.get("failed").asLong()).isEqualTo(1);
      assertThat(all.get("unfinished").asLong()).isZero();
      assertThat(all.at("/chunks/0/chunk").asLong()).isEqualTo(3);
      assertThat(all.get("chunks")).hasSize((int) take.pictures());
    }
  }

  private void theVerdictIsWellAgainAndNamesTheLoss() throws InterruptedException {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      PipelineWatch watch =
          new PipelineWatch(chain.host().admin(), consumer, chain.host().registry());
      until(() -> Verdict.of(watch.read(), ZoneOffset.UTC).ok());
      assertThat(Verdict.of(watch.read(), ZoneOffset.UTC).text())
          .contains("1 dead letter and 1 silence");
    }
  }

  private record Group(int workers, Duration lock) {}

  private void start(String model, Group group, int seconds) throws Exception {
    ffmpeg = FFmpeg.open(FFmpegSettings.defaults());
    Path wav = folder.resolve("noise.wav");
    float[] noise = new float[seconds * RATE_HZ];
    java.util.Random random = new java.util.Random(5);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (0.1 * random.nextGaussian());
    }
    Files.write(
        wav, WavCodec.encode(Sound.mono(RATE_HZ, noise), SampleFormat.S16, new LinkedHashMap<>()));
    source =
        SourceLook.at(List.of(wav.toString()), InputStream.nullInputStream(), folder, ffmpeg)
            .sources()
            .getFirst();
    Map<String, String> settings = new TreeMap<>();
    settings.put("sonograph.gallery.out", folder.resolve("out").toString());
    settings.put("sonograph.diffusion.model", model);
    settings.put("sonograph.diffusion.batch", "1");
    settings.put("sonograph.diffusion.lock-ms", Long.toString(group.lock().toMillis()));
    settings.put("sonograph.diffusion.repeats-mib", "0");
    settings.put("sonograph.kafka.partitions", "4");
    chain =
        Embedded.start(
            new Embedded.Plan(
                folder.resolve("data"),
                LoopbackPorts.free(group.workers()),
                LogSegments.KEPT,
                settings,
                Chain.withoutIngest(),
                TornData.Then.REFUSE),
            line -> {});
  }

  private PlannedTake take(String model, long occurrence) {
    Interpretation own = new RecipeOptions().interpretation(7);
    Interpretation asked =
        Interpretation.newBuilder(own)
            .setDiffusion(
                DiffusionSettings.newBuilder(own.getDiffusion())
                    .setModel(model)
                    .setModelHash("")
                    .build())
            .setReadings(List.of(ReadingSettings.newBuilder().setName("red").build()))
            .build();
    TakeOrder order = new TakeOrder(asked, "wav", occurrence);
    return new PlannedTake(
        Ingest.take(source, order), source, order, Ingest.estimatedPictures(source, asked));
  }

  private static long arts(OutFolder out, PlannedTake take) {
    out.refresh();
    return out.take(take.id()).map(TrackFile::arts).orElse(0L);
  }

  private static boolean isClosed(OutFolder out, PlannedTake take) {
    out.refresh();
    return out.take(take.id()).filter(TrackFile::isClosed).isPresent();
  }

  private static List<Path> pictures(Path take) throws IOException {
    try (Stream<Path> files = Files.list(take.resolve("art"))) {
      return files.filter(f -> f.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static List<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(p -> commandLine(p).contains(WORKER))
        .toList();
  }

  /** From /proc, since Java gives none that is longer than a page. */
  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  /** How many terminal records each chunk has, by reading. */
  private Map<String, Integer> terminalRecords(String take) {
    AvroSerde<AudioOutput> serde = AvroSerde.of(Topics.AUDIO_OUTPUTS, chain.host().registry());
    Map<String, Integer> counts = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : read(Topics.AUDIO_OUTPUTS.name())) {
      AudioOutput output = serde.read(record.topic(), record.value());
      if (output.getPlace().getTake().equals(take)) {
        counts.merge(output.getPlace().getChunk() + " " + output.getReading(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        chain.host().kafka().freeConsumer("it"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private void until(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (chain != null) {
        chain.check();
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }
}
