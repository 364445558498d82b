package org.sonograph.diffusion.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubPullTest {

  private static final HubName NAME = HubName.parse("owner/name").orElseThrow();
  private static final byte[] UNET = bytes(300_000, 1);

  @TempDir Path cache;

  private final List<Long> heard = new ArrayList<>();
  private final List<HubPull.Plan> plans = new ArrayList<>();
  private LocalHub hub;

  @BeforeEach
  void fill() throws IOException {
    hub = new LocalHub();
    hub.put("model_index.json", bytes(50, 2));
    hub.put("unet/model.onnx", bytes(2_000, 3));
    hub.put("unet/model.onnx_data", UNET);
    hub.put("unet/config.json", bytes(60, 4));
    hub.put("text_encoder/model.onnx", bytes(2_000, 5));
    hub.put("vae_encoder/model.onnx", bytes(2_000, 6));
    hub.put("vae_decoder/model.onnx", bytes(2_000, 7));
    hub.put("tokenizer/vocab.json", bytes(70, 8));
    hub.put("scheduler/scheduler_config.json", bytes(80, 9));
    hub.put("safety_checker/model.onnx", bytes(2_000, 10));
    hub.put("unet/diffusion_pytorch_model.safetensors", bytes(5_000, 11));
    hub.put("README.md", bytes(90, 12));
    hub.put("tokenizer/../../escape.json", bytes(20, 13));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void bringsWhatAModelNeedsIntoTheSharedLayout() throws Exception {
    HubPull.Result result = pull();
    assertThat(result.folder()).isEqualTo(folder().resolve("snapshots").resolve(LocalHub.COMMIT));
    assertThat(Files.readString(folder().resolve("refs/main"))).isEqualTo(LocalHub.COMMIT);
    assertThat(result.folder().resolve("unet/model.onnx_data")).hasBinaryContent(UNET);
    assertThat(result.folder().resolve("unet/model.onnx_data")).isSymbolicLink();
    assertThat(folder().resolve("blobs").resolve(LocalHub.sha256(UNET))).hasBinaryContent(UNET);
    assertThat(result.files())
        .extracting(HubPull.Pulled::name)
        .contains("model_index.json", "tokenizer/vocab.json", "scheduler/scheduler_config.json")
        .doesNotContain(
            "README.md", "unet/diffusion_pytorch_model.safetensors", "safety_checker/model.onnx")
        .noneMatch(name -> name.contains(".."));
    assertThat(result.files())
        .filteredOn(file -> file.name().equals("unet/model.onnx_data"))
        .containsExactly(
            new HubPull.Pulled("unet/model.onnx_data", UNET.length, LocalHub.sha256(UNET)));
    assertThat(result.plan().licence()).isEqualTo("mit");
    assertThat(heard.getLast()).isEqualTo(result.plan().bytes());
  }

  @Test
  void isFoundInTheCacheAndNotDownloadedAgain() throws Exception {
    HubCache here = new HubCache(cache);
    assertThat(here.model(NAME)).isEmpty();
    Path folder = pull().folder();
    assertThat(here.model(NAME)).contains(folder);
    assertThat(here.model(HubName.parse("owner/name@" + LocalHub.COMMIT).orElseThrow()))
        .contains(folder);
    assertThat(here.models()).containsExactly(NAME);
    assertThat(HubCache.repositoryOf(folder)).contains("owner/name");
    hub.asked.clear();
    pull();
    assertThat(hub.asked).noneMatch(LocalHub.Asked::store);
    assertThat(plans.getLast().here()).isEqualTo(plans.getLast().bytes());
    assertThat(here.remove(NAME)).isGreaterThan(UNET.length);
    assertThat(here.model(NAME)).isEmpty();
  }

  @Test
  void goesOnAfterABrokenConnectionInTheSameRun() throws Exception {
    hub.hangUpAfter.addAll(List.of(2_000, 100_000, 150_000));
    assertThat(pull().folder().resolve("unet/model.onnx_data")).hasBinaryContent(UNET);
    assertThat(hub.asked)
        .filteredOn(asked -> asked.store() && asked.path().endsWith("onnx_data"))
        .extracting(LocalHub.Asked::range)
        .anyMatch(range -> range.startsWith("bytes="));
  }

  @Test
  void waitsNoLongerForAConnectionThatBreaksOftenButBringsSomething() throws Exception {
    // were each wait twice as long as the one before, this would take six minutes
    hub.hangUpAfter.addAll(IntStream.rangeClosed(1, 12).mapToObj(i -> 7_000 * i).toList());
    assertThat(pull().folder().resolve("unet/model.onnx_data")).hasBinaryContent(UNET);
  }

  @Test
  void keepsWhatCameWhenItGivesUpAndGoesOnInTheNextRun() throws Exception {
    hub.put("text_encoder/model.onnx", UNET.clone());
    hub.files.remove("unet/model.onnx_data");
    hub.hangUpAfter.addAll(List.of(100_000, 100_000, 100_000, 100_000, 100_000, 100_000));
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining("text_encoder/model.onnx: the connection broke")
        .hasMessageContaining("at byte 100000 of 300000; the same command goes on from there");
    Path partial = folder().resolve("blobs").resolve(LocalHub.sha256(UNET) + ".incomplete");
    assertThat(partial).hasSize(100_000);
    assertThat(folder().resolve("snapshots")).doesNotExist();
    assertThat(folder().resolve("refs")).doesNotExist();
    hub.hangUpAfter.clear();
    hub.asked.clear();
    assertThat(pull().folder().resolve("text_encoder/model.onnx")).hasBinaryContent(UNET);
    assertThat(hub.asked).anyMatch(asked -> asked.range().equals("bytes=100000-"));
    assertThat(partial).doesNotExist();
  }

  @Test
  void beginsAnewWhereTheStoreKnowsNoRanges() throws Exception {
    hub.honoursRanges = false;
    hub.hangUpAfter.addAll(List.of(1_000, 1_000));
    assertThat(pull().folder().resolve("unet/model.onnx_data")).hasBinaryContent(UNET);
  }

  @Test
  void removesWhatHasAWrongChecksum() throws IOException {
    hub.damaged = "unet/model.onnx_data";
    assertRefused(HubException.Kind.DAMAGED, "unet/model.onnx_data came with checksum");
    assertThat(leftOvers()).noneMatch(file -> file.contains(LocalHub.sha256(UNET)));
  }

  @Test
  void tellsAGatedModelFromAMissingOne() throws IOException {
    hub.token = "secret";
    hub.errorCode = "GatedRepo";
    assertRefused(
        HubException.Kind.FORBIDDEN,
        "owner/name is gated: accept its licence at " + hub.endpoint() + "/owner/name");
    hub.errorCode = "RepoNotFound";
    assertRefused(HubException.Kind.FORBIDDEN, "owner/name is private or does not exist");
    assertThat(leftOvers()).allMatch(file -> file.endsWith(".lock"));
  }

  @Test
  void showsItsTokenToTheHubAlone() throws Exception {
    hub.token = "secret";
    new HubPull(settings(Optional.of("secret"), false), quick()).pull(NAME, false, listener());
    assertThat(hub.asked)
        .filteredOn(asked -> !asked.store())
        .allMatch(asked -> asked.authorization().equals("Bearer secret"));
    assertThat(hub.asked)
        .filteredOn(LocalHub.Asked::store)
        .isNotEmpty()
        .allMatch(asked -> asked.authorization().equals("null"));
  }

  @Test
  void saysThatThereIsNoSuchRepository() throws IOException {
    assertThatThrownBy(
            () ->
                new HubPull(settings(Optional.empty(), false), quick())
                    .pull(HubName.parse("owner/other").orElseThrow(), false, listener()))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("owner/other: the hub knows no such repository or revision");
    assertThat(leftOvers()).allMatch(file -> file.endsWith(".lock"));
  }

  @Test
  void refusesBeforeTheFirstByteWhereTheDiskIsTooSmall() throws IOException {
    hub.claimedSize = 1L << 60;
    assertRefused(HubException.Kind.CANNOT_WRITE, "MB more, but " + cache + " has only");
    assertThat(hub.asked).noneMatch(LocalHub.Asked::store);
    assertThat(leftOvers()).allMatch(file -> file.endsWith(".lock"));
  }

  @Test
  void refusesARepositoryWithoutGraphs() {
    hub.files.keySet().removeIf(name -> name.endsWith(".onnx"));
    assertRefused(HubException.Kind.UNSUITABLE, "holds PyTorch weights only");
  }

  @Test
  void staysSilentOffline() {
    assertThatThrownBy(
            () ->
                new HubPull(settings(Optional.empty(), true), quick())
                    .pull(NAME, false, listener()))
        .hasMessage("owner/name is not downloaded: HF_HUB_OFFLINE is set");
    assertThat(hub.asked).isEmpty();
  }

  @Test
  void saysThatNobodyAnswers() {
    hub.close();
    assertRefused(HubException.Kind.UNREACHABLE, "does not answer");
  }

  @Test
  void findsAModelInItsFolderForOnnx() throws Exception {
    for (String name : List.copyOf(hub.files.keySet())) {
      hub.put("onnx/" + name, hub.files.remove(name));
    }
    assertThat(pull().folder())
        .isEqualTo(folder().resolve("snapshots").resolve(LocalHub.COMMIT).resolve("onnx"));
  }

  @Test
  void bringsTheCheckerOnRequest() throws Exception {
    HubPull.Result result =
        new HubPull(settings(Optional.empty(), false), quick()).pull(NAME, true, listener());
    assertThat(result.folder().resolve("safety_checker/model.onnx")).exists();
  }

  @Test
  void findsDamageInAPulledModel() throws Exception {
    Path folder = pull().folder();
    assertThat(HubCache.damaged(folder)).isEmpty();
    Files.write(folder.resolve("unet/model.onnx_data").toRealPath(), new byte[10]);
    assertThat(HubCache.damaged(folder))
        .singleElement()
        .asString()
        .startsWith("unet/model.onnx_data has the SHA-256");
  }

  private void assertRefused(HubException.Kind kind, String message) {
    assertThatThrownBy(this::pull)
        .isInstanceOf(HubException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((HubException) e).kind())
        .isEqualTo(kind);
  }

  private List<String> leftOvers() throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).map(Path::toString).toList();
    }
  }

  private HubPull.Result pull() throws InterruptedException {
    return new HubPull(settings(Optional.empty(), false), quick()).pull(NAME, false, listener());
  }

  private HubSettings settings(Optional<String> token, boolean isOffline) {
    return new HubSettings(hub.endpoint(), cache, token, isOffline);
  }

  private static HubDownload.Attempts quick() {
    return new HubDownload.Attempts(3, Duration.ofMillis(5), Duration.ofSeconds(2));
  }

  private HubPull.Listener listener() {
    return new HubPull.Listener() {
      @Override
      public void onFound(HubPull.Plan plan) {
        plans.add(plan);
      }

      @Override
      public void onBytes(long here) {
        heard.add(here);
      }
    };
  }

  private Path folder() {
    return cache.resolve("models--owner--name");
  }

  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
