package org.sonograph.launcher.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.ingest.source.SourceEntry;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.launcher.facts.SourceFacts;

/** Against a fake in this JVM; a real server behind the same proxy was tried by hand. */
class ObjectStoreTest {
  private static final ObjectUrl TAKES = ObjectUrl.of("s3://b/takes");

  @TempDir Path folder;
  private FakeStorage storage;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeEach
  void open() throws IOException {
    storage = new FakeStorage();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
    storage.close();
  }

  private ObjectStore store(InetSocketAddress address) throws IOException {
    ObjectStore store =
        new ObjectStore(
            StoreClient.open(
                Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + address.getPort(),
                    "AWS_ACCESS_KEY_ID", "a",
                    "AWS_SECRET_ACCESS_KEY", "b")));
    open.add(store);
    return store;
  }

  private ObjectStore store() throws IOException {
    return store(storage.address());
  }

  private ObjectStore overABadLine(CuttingProxy proxy) throws IOException {
    open.add(proxy);
    return store(new InetSocketAddress("127.0.0.1", proxy.port()));
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(bytes).nextBytes(noise);
    return noise;
  }

  @Test
  void aDownloadGoesOnWhereTheLineWasCut() throws Exception {
    byte[] sound = noise(1_000_000);
    storage.objects.put("in/a.wav", sound);
    CuttingProxy proxy = new CuttingProxy(0, storage.address(), () -> 200_000);
    ObjectStore store = overABadLine(proxy);
    StoredObject object = store().look(ObjectUrl.of("s3://b/in/a.wav"));
    store.download(object, folder.resolve("a"));
    assertThat(folder.resolve("a")).hasBinaryContent(sound);
    assertThat(proxy.cutReading()).isBetween(5, 8);
    assertThat(folder.resolve("a.part")).doesNotExist();
  }

  @Test
  void anUploadThatWasCutIsSentAgainAndWholeOrNotThere() throws Exception {
    Path file = Files.write(folder.resolve("a"), noise(500_000));
    AtomicInteger connections = new AtomicInteger();
    CuttingProxy proxy =
        new CuttingProxy(
            0, storage.address(), () -> connections.incrementAndGet() < 4 ? 100_000 : 10_000_000);
    ObjectUrl url = ObjectUrl.of("s3://b/out/a");
    overABadLine(proxy).upload(file, FileDigests.of(file), url);
    assertThat(storage.objects.get("out/a")).isEqualTo(Files.readAllBytes(file));
    assertThat(proxy.cutWriting()).isEqualTo(3);
  }

  @Test
  void aLargeFileGoesInPartsOfWhichACutCostsOne() throws Exception {
    Path file = Files.write(folder.resolve("a"), noise(2 * Upload.PART_BYTES + 1000));
    CuttingProxy proxy = new CuttingProxy(0, storage.address(), () -> Upload.PART_BYTES + 500_000);
    ObjectUrl url = ObjectUrl.of("s3://b/out/a");
    overABadLine(proxy).upload(file, FileDigests.of(file), url);
    assertThat(storage.objects.get("out/a")).isEqualTo(Files.readAllBytes(file));
    assertThat(proxy.cutWriting()).isEqualTo(1);
    assertThat(storage.count("PUT")).isEqualTo(4);
    storage.isForgetful = true;
    FileDigests digests = FileDigests.of(file);
    assertThatThrownBy(() -> store().upload(file, digests, url))
        .hasMessageContaining("other bytes");
  }

  @Test
  void anUploadThatArrivesOtherwiseIsAnError() throws Exception {
    Path file = Files.write(folder.resolve("a"), noise(1000));
    ObjectUrl url = ObjectUrl.of("s3://b/out/a");
    FileDigests digests = FileDigests.of(file);
    storage.isForgetful = true;
    assertThatThrownBy(() -> store().upload(file, digests, url))
        .hasMessageContaining("other bytes");
    storage.isForgetful = false;
    Files.write(file, noise(999));
    assertThatThrownBy(() -> store().upload(file, digests, url)).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsGoneOrChangedIsALineAboutItAlone() throws Exception {
    storage.objects.put("in/a.wav", noise(100));
    StoredObject object = store().look(ObjectUrl.of("s3://b/in/a.wav"));
    storage.objects.put("in/a.wav", noise(101));
    assertThatThrownBy(() -> store().download(object, folder.resolve("a")))
        .hasMessageContaining("changed while it was read (HTTP 412");
    storage.objects.remove("in/a.wav");
    assertThatThrownBy(() -> store().download(object, folder.resolve("a")))
        .hasMessageContaining("is not there (HTTP 404 NoSuchKey)");
    assertThat(folder).isEmptyDirectory();
  }

  private ObjectSources sources(boolean isExact) throws IOException {
    SourceFacts facts = new SourceFacts(folder.resolve("facts.jsonl"));
    return new ObjectSources(store(), folder.resolve("objects"), facts, isExact);
  }

  @Test
  void aPrefixIsAFolderOfSounds() throws Exception {
    for (String key :
        List.of(
            "in/1958/a.wav", "in/b.wav", "in/.x/c.wav", "in/cover.jpg", "in-2/d.wav", "in/e/")) {
      storage.objects.put(key, noise(10));
    }
    List<SourceEntry> entries = sources(false).expand("s3://b/in");
    assertThat(entries.stream().filter(e -> e instanceof SourceEntry.Found))
        .extracting(e -> ((SourceEntry.Found) e).source().path())
        .containsExactly("1958/a.wav", "b.wav");
    assertThat(entries.getLast()).isEqualTo(new SourceEntry.Skipped("s3://b/in", 2));
    assertThat(sources(false).expand("s3://b/in/b.wav")).hasSize(1);
    assertThat(sources(false).expand("s3://b/none").getFirst())
        .isInstanceOf(SourceEntry.Problem.class);
  }

  @Test
  void anObjectIsFetchedWhenNeededAndGoesAgain() throws Exception {
    storage.objects.put("in/a.wav", noise(10));
    ObjectSources sources = sources(true);
    SourceFile source = ((SourceEntry.Found) sources.expand("s3://b/in/a.wav").getFirst()).source();
    assertThat(storage.requests).as("named by a list, it is not looked at before").isEmpty();
    sources.need(source);
    sources.need(source);
    assertThat(source.file()).hasBinaryContent(noise(10));
    assertThat(storage.count("GET")).isEqualTo(1);
    sources.release(source);
    assertThat(source.file()).doesNotExist();
  }

  private TrackFile take(Path out, String place, String id) throws IOException {
    Path take = Files.createDirectories(out.resolve(place));
    Files.createDirectories(take.resolve("art"));
    Files.write(take.resolve("art/000000.png"), noise(300));
    Files.write(take.resolve("red.wav"), noise(5000));
    Files.writeString(
        take.resolve(TrackFile.NAME), "{\"take\": \"%s\", \"state\": \"complete\"}".formatted(id));
    return TrackFile.read(take).orElseThrow();
  }

  private TakeCopier copier(ObjectStore store, Path out) throws Exception {
    TakeCopier copier = new TakeCopier(store, new BucketTakes(store, TAKES, out));
    open.add(copier);
    return copier;
  }

  @Test
  void aTakeIsCopiedOnceAndDroppedOnlyThen() throws Exception {
    Path out = folder.resolve("out");
    TrackFile track = take(out, "1958/rain", "ab12");
    TakeCopier copier = copier(store(), out);
    copier.drop(track.folder());
    assertThat(track.folder().resolve("red.wav")).as("not copied yet").exists();
    copier.copy(track);
    assertThat(storage.objects.keySet())
        .containsExactly(
            "takes/1958/rain/art/000000.png",
            "takes/1958/rain/copied.json",
            "takes/1958/rain/red.wav",
            "takes/1958/rain/track.json");
    assertThat(storage.requests.getLast()).isEqualTo("PUT takes/1958/rain/copied.json");

    long puts = storage.count("PUT");
    TakeCopier again = copier(store(), out);
    again.copy(track);
    assertThat(storage.count("PUT")).isEqualTo(puts);
    Files.write(track.folder().resolve("mix.wav"), noise(70));
    again.copy(track);
    assertThat(again.total()).isEqualTo(new TakeCopier.Count(1, 1, 70));

    again.drop(track.folder());
    assertThat(track.folder().toFile().list())
        .containsExactlyInAnyOrder("track.json", "copied.json");
    assertThat(CopiedFiles.read(track.folder()).orElseThrow().files())
        .containsOnlyKeys("art/000000.png", "mix.wav", "red.wav", "track.json");
    copier(store(), out).copy(track);
    assertThat(storage.objects).as("dropped here is kept there").hasSize(5);
  }

  @Test
  void aCopyThatBrokeOffSendsTheRestAlone() throws Exception {
    Path out = folder.resolve("out");
    TrackFile track = take(out, "rain", "ab12");
    storage.objects.put("takes/rain/red.wav", noise(5000));
    storage.objects.put("takes/rain/art/000000.png", noise(299));
    copier(store(), out).copy(track);
    assertThat(storage.requests)
        .filteredOn(r -> r.startsWith("PUT"))
        .containsExactlyInAnyOrder(
            "PUT takes/rain/art/000000.png",
            "PUT takes/rain/track.json",
            "PUT takes/rain/copied.json");
  }

  @Test
  void anotherMachineLearnsWhatIsMade() throws Exception {
    Path out = folder.resolve("out");
    copier(store(), out).copy(take(out, "1958/rain", "ab12"));
    Path other = Files.createDirectories(folder.resolve("other"));
    assertThat(new BucketTakes(store(), TAKES, other).bring()).isEqualTo(1);
    TrackFile brought = TrackFile.read(other.resolve("1958/rain")).orElseThrow();
    assertThat(brought.isComplete()).isTrue();
    assertThat(new BucketTakes(store(), TAKES, other).bring()).isZero();
    long puts = storage.count("PUT");
    copier(store(), other).copy(brought);
    assertThat(storage.count("PUT")).isEqualTo(puts);
  }

  @Test
  void aKeyLeadsNowhereElse() throws Exception {
    Path out = Files.createDirectories(folder.resolve("out"));
    storage.objects.put("takes/a/../../../x/copied.json", noise(1));
    BucketTakes there = new BucketTakes(store(), TAKES, out);
    assertThatThrownBy(there::bring).hasMessageContaining("leads out of the folder");
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
