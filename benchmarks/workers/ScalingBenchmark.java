import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.sonograph.diffusion.worker.DiffusionWorkerService;
import org.sonograph.launcher.embedded.Backbone;
import org.sonograph.launcher.embedded.Installation;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.settings.Settings;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Inversion;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;

/**
 * How close simulated workers come to what they could do if a picture were always at hand.
 *
 * <p>Usage: {@code ScalingBenchmark WORK_FOLDER MS SIDE_PIXELS WORKERS...}; starts itself again as
 * {@code worker} in up to four JVMs.
 */
public final class ScalingBenchmark {
  private static final int WARM_UP_S = 20;
  private static final int MEASURED_S = 60;
  private static final int JVMS = 4;
  private static final int HOP = 576;
  private static final int STRIDE = 448;

  public static void main(String[] args) throws Exception {
    if (args[0].equals("worker")) {
      work(args);
      return;
    }
    Path folder = Path.of(args[0]).toAbsolutePath();
    int millis = Integer.parseInt(args[1]);
    int side = Integer.parseInt(args[2]);
    System.out.printf(
        "%d ms a picture, batch 1, pictures of %dx%d, 4 partitions, %d s after %d s, %d"
            + " processors%n",
        millis, side, side, MEASURED_S, WARM_UP_S, Runtime.getRuntime().availableProcessors());
    System.out.println(
        "workers | JVMs | pictures/s | share of ideal | most/mean | least/mean | duplicates | MB/s"
            + " in | host CPU");
    for (int i = 3; i < args.length; i++) {
      round(folder.resolve("workers-" + args[i]), millis, side, Integer.parseInt(args[i]));
    }
  }

  private static void round(Path folder, int millis, int side, int workers) throws Exception {
    delete(folder);
    Files.createDirectories(folder);
    try (Backbone backbone = Backbone.start(Installation.find(), folder, LogSegments.KEPT)) {
      backbone.awaitBroker();
      backbone.awaitRegistry();
      SmallRyeConfig config = config(backbone.bootstrapServers(), backbone.registryUrl(), millis);
      try (ServiceHost host = ServiceHost.open(config)) {
        host.prepare();
        int pictures = workers * (WARM_UP_S + MEASURED_S + 25) * 1000 / millis + 200;
        long bytes = feed(host, pictures, side);
        measure(folder, host, backbone, new Load(workers, millis, pictures, bytes));
      }
    }
    delete(folder);
  }

  private record Load(int workers, int millis, int pictures, long bytes) {}

  private static void measure(Path folder, ServiceHost host, Backbone backbone, Load load)
      throws Exception {
    int jvms = Math.min(JVMS, load.workers());
    List<Process> processes = new ArrayList<>();
    List<Path> counts = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      int share = load.workers() / jvms + (i < load.workers() % jvms ? 1 : 0);
      Path file = folder.resolve("counts-" + i);
      counts.add(file);
      processes.add(
          start(
              folder,
              backbone,
              load.millis(),
              share,
              file,
              folder.resolve("worker-" + i + ".log")));
    }
    try {
      System.err.println(load.workers() + " workers: starting");
      awaitAll(counts, load.workers());
      System.err.println(load.workers() + " workers: warming up");
      Thread.sleep(WARM_UP_S * 1000L);
      long[] cpu = cpu();
      double[] before = read(counts);
      long start = System.nanoTime();
      Thread.sleep(MEASURED_S * 1000L);
      double[] after = read(counts);
      double seconds = (System.nanoTime() - start) / 1e9;
      long[] cpuAfter = cpu();
      System.err.println(load.workers() + " workers: measured");
      report(host, load, jvms, seconds, before, after, busy(cpu, cpuAfter), processes);
    } finally {
      processes.forEach(Process::destroy);
      for (Process process : processes) {
        process.waitFor();
      }
    }
  }

  private static void report(
      ServiceHost host,
      Load load,
      int jvms,
      double seconds,
      double[] before,
      double[] after,
      double busy,
      List<Process> processes)
      throws Exception {
    double sum = 0;
    double most = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < before.length; i++) {
      double made = after[i] - before[i];
      sum += made;
      most = Math.max(most, made);
      least = Math.min(least, made);
    }
    double rate = sum / seconds;
    double ideal = load.workers() * 1000.0 / load.millis();
    double mean = sum / before.length;
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      process.waitFor();
    }
    System.out.printf(
        "%7d | %4d | %10.2f | %14.3f | %9.3f | %10.3f | %10d | %7.2f | %5.1f %%%s%n",
        load.workers(),
        jvms,
        rate,
        rate / ideal,
        most / mean,
        least / mean,
        duplicates(host),
        rate * load.bytes() / 1e6,
        100 * busy,
        busy > 0.8 ? " VOID: the host itself was busy" : "");
  }

  private static Process start(
      Path folder, Backbone backbone, int millis, int workers, Path counts, Path log)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx768m",
            "-Xss512k",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            ScalingBenchmark.class.getName(),
            "worker",
            Integer.toString(workers),
            backbone.bootstrapServers(),
            backbone.registryUrl(),
            Integer.toString(millis),
            counts.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Some workers in one JVM; writes how much each has painted, whenever that is asked for. */
  private static void work(String[] args) throws Exception {
    int workers = Integer.parseInt(args[1]);
    SmallRyeConfig config = config(args[2], args[3], Integer.parseInt(args[4]));
    Path counts = Path.of(args[5]);
    ServiceHost host = ServiceHost.open(config);
    List<Counter> painted = new ArrayList<>();
    List<RunningService> running = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      painted.add(meters.counter("sonograph.diffusion.pictures", "outcome", "painted"));
      running.add(
          DiffusionWorkerService.factory()
              .start(
                  new ServiceContext(
                      DiffusionWorkerService.NAME,
                      config,
                      host.kafka(),
                      host.registry(),
                      meters,
                      host.http(),
                      host.osc())));
    }
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> running.parallelStream().forEach(RunningService::close)));
    while (true) {
      StringBuilder line = new StringBuilder();
      painted.forEach(c -> line.append((long) c.count()).append(' '));
      Path fresh = Path.of(counts + ".new");
      Files.writeString(fresh, line.toString());
      Files.move(fresh, counts, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      Thread.sleep(50);
    }
  }

  private static SmallRyeConfig config(String bootstrap, String registry, int millis) {
    return Settings.load(
        List.of(
            "--kafka.bootstrap-servers=" + bootstrap,
            "--registry.url=" + registry,
            "--registry.manage-compatibility=false",
            "--kafka.partitions=4",
            "--http.port=0",
            "--diffusion.model=simulated:" + millis,
            "--diffusion.batch=1"),
        Map.of(),
        DiffusionWorkerService.factory().settings());
  }

  /** Sends pictures; the bytes of one record's value. */
  private static long feed(ServiceHost host, int pictures, int side) {
    byte[] samples = new byte[side * side];
    new Random(1).nextBytes(samples);
    byte[] png = PngCodec.encode(Picture.grey(side, side, samples), new LinkedHashMap<>());
    AvroSerde<SpectrogramImage> serde = AvroSerde.of(Topics.SPECTROGRAM_IMAGES, host.registry());
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            host.kafka().producer("benchmark"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < pictures; i++) {
        SpectrogramImage image = image(i, side, png);
        byte[] value = serde.write(Topics.SPECTROGRAM_IMAGES.name(), image);
        bytes = value.length;
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(
                Topics.SPECTROGRAM_IMAGES.name(),
                i % 4,
                Keys.chunk(image.getPlace()).getBytes(StandardCharsets.UTF_8),
                value);
        ChunkHeaders.write(
            record.headers(), image.getPlace(), image.getSource(), image.getInterpretation());
        producer.send(record);
      }
    }
    return bytes;
  }

  private static SpectrogramImage image(long chunk, int side, byte[] png) {
    return SpectrogramImage.newBuilder()
        .setPlace(
            Place.newBuilder()
                .setTake("benchmark")
                .setChunk(chunk)
                .setStartSample(chunk * STRIDE * HOP)
                .setLengthSamples((long) side * HOP)
                .setSampleRateHz(48_000)
                .build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setProfile("tape")
                .setDiffusion(
                    DiffusionSettings.newBuilder()
                        .setStrength(0.5)
                        .setGuidance(2)
                        .setSteps(20)
                        .setNoise("strip")
                        .build())
                .setReadings(List.of(ReadingSettings.newBuilder().setName("chirp").build()))
                .build())
        .setInversion(
            Inversion.newBuilder().setHopSamples(HOP).setWidth(side).setHeight(side).build())
        .setPng(ByteBuffer.wrap(png))
        .build();
  }

  private static void awaitAll(List<Path> counts, int workers) throws Exception {
    while (true) {
      Thread.sleep(100);
      double[] made = read(counts);
      boolean all = made.length == workers;
      for (double count : made) {
        all &= count > 0;
      }
      if (all) {
        return;
      }
    }
  }

  private static double[] read(List<Path> counts) throws IOException {
    List<Double> all = new ArrayList<>();
    for (Path file : counts) {
      if (Files.exists(file)) {
        for (String count : Files.readString(file).strip().split(" ")) {
          all.add(Double.parseDouble(count));
        }
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Records on the output topic beyond one a key. */
  private static long duplicates(ServiceHost host) {
    Set<String> keys = new HashSet<>();
    long records = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            host.kafka().freeConsumer("benchmark"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      String topic = Topics.DIFFUSED_IMAGES.name();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          records++;
          keys.add(new String(record.key(), StandardCharsets.UTF_8));
        }
      }
    }
    return records - keys.size();
  }

  /** Busy and whole time of all processors since the start, in ticks. */
  private static long[] cpu() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
    long whole = 0;
    for (int i = 1; i <= 8; i++) {
      whole += Long.parseLong(fields[i]);
    }
    long idle = Long.parseLong(fields[4]) + Long.parseLong(fields[5]);
    return new long[] {whole - idle, whole};
  }

  private static double busy(long[] before, long[] after) {
    return (double) (after[0] - before[0]) / (after[1] - before[1]);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
