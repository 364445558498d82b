package org.sonograph.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.TraceContext;

class JourneyTest {
  private static final long T0 = 1_800_000_000_000L; // 2027-01-15 08:00 UTC
  private static final Keys.ChunkKey KEY = new Keys.ChunkKey("ab12", 3);
  private static final TraceContext TRACE = TraceContext.begin();
  private static final Failure LIMIT =
      new Failure("diffusion-worker", "delivery-limit", "tried 9 times");
  private static final List<Stretches.Stretch> LOOKED =
      List.of(new Stretches.Stretch(new TopicPartition("audio.chunks", 7), 5, 5, 40));

  private static Sighting at(
      String topic, Hop.Times times, int attempt, Sighting.Contents contents) {
    ChunkHeaders about =
        new ChunkHeaders(
            Place.newBuilder()
                .setTake(KEY.take())
                .setChunk(KEY.chunk())
                .setStartSample(3 * 48_000)
                .setLengthSamples(48_000)
                .setSampleRateHz(48_000)
                .build(),
            "tape",
            "harbour.wav",
            List.of("red", "chirp"));
    return new Sighting(
        new Sighting.At(topic, 7, 12, 1_400_000),
        times.written(),
        Optional.of(TRACE.next()),
        Optional.of(new Hop("a-stage", "", times, attempt, "4711@studio")),
        Optional.of(about),
        contents);
  }

  private static Hop.Times times(long taken, long done, long written) {
    return new Hop.Times(T0, T0 + taken, T0 + done, T0 + written);
  }

  private static Sighting.Contents reading(String name) {
    return new Sighting.Contents(name, "", 0, Optional.empty());
  }

  private static Sighting.Contents failed() {
    return new Sighting.Contents("", "", 0, Optional.of(LIMIT));
  }

  private static List<Sighting> whole() {
    return new ArrayList<>(
        List.of(
            at(Topics.AUDIO_OUTPUTS.name(), times(9_000, 9_500, 9_900), 1, reading("red")),
            at(Topics.AUDIO_CHUNKS.name(), times(0, 0, 0), 1, Sighting.Contents.UNKNOWN),
            at(Topics.AUDIO_OUTPUTS.name(), times(9_000, 9_500, 10_400), 1, reading("chirp")),
            at(
                Topics.DIFFUSED_IMAGES.name(),
                times(3_600, 8_900, 8_900),
                2,
                new Sighting.Contents("", "sketch@1", 5.12, Optional.empty())),
            at(
                Topics.SPECTROGRAM_IMAGES.name(),
                times(100, 600, 600),
                1,
                Sighting.Contents.UNKNOWN)));
  }

  private static List<String> text(Journey journey) {
    return new JourneyText(ZoneOffset.UTC).lines(journey);
  }

  @Test
  void timesAreThoseBetweenTheHops() {
    Journey journey = new Journey(KEY, whole(), LOOKED, "");
    assertThat(journey.sightings().stream().map(s -> s.at().topic()).distinct())
        .containsExactlyElementsOf(Journey.WAY);
    Sighting art = journey.on(Topics.DIFFUSED_IMAGES.name()).getFirst();
    assertThat(journey.waitedMs(art)).hasValue(3_000);
    assertThat(journey.totalMs()).hasValue(10_400);
    assertThat(journey.missingReadings()).isEmpty();
    assertThat(journey.failure()).isEmpty();
  }

  @Test
  void tellsTheWayInEightyColumns() {
    List<String> lines = text(new Journey(KEY, whole(), LOOKED, ""));
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(lines)
        .contains("chunk 3 of take ab12, harbour.wav")
        .contains("on 2027-01-15 +00:00, 1.0 s of sound from 3.0 s on")
        .contains("trace " + TRACE.traceId())
        .contains("diffused.images-7@12             08:00:08.900  1.4 MB")
        .contains("  a-stage  waited 3.00 s, worked 5.30 s")
        .contains("  sketch@1, 5.12 s painting, attempt 2, by 4711@studio")
        .contains("  a-stage  waited 0.10 s, worked 0.50 s, waited 0.90 s for its turn")
        .contains("sound after 10.4 s, 2 readings")
        .contains("  audio.chunks-7 @5..40");
  }

  @Test
  void aHopThatRetentionRemovedIsNotOneThatIsStillToCome() {
    List<Sighting> late = whole();
    late.removeIf(s -> s.at().topic().equals(Topics.AUDIO_CHUNKS.name()));
    late.removeIf(s -> s.contents().reading().equals("chirp"));
    Journey journey = new Journey(KEY, late, LOOKED, "");
    assertThat(journey.presence(Topics.AUDIO_CHUNKS.name()))
        .isEqualTo(Journey.Presence.NO_LONGER_KEPT);
    assertThat(journey.missingReadings()).containsExactly("chirp");
    assertThat(text(journey))
        .contains("audio.chunks                     no longer kept")
        .contains("on its way for 9.90 s so far; not heard yet: chirp");
    late.removeIf(s -> !s.at().topic().equals(Topics.SPECTROGRAM_IMAGES.name()));
    Journey early = new Journey(KEY, late, LOOKED, "");
    assertThat(early.presence(Topics.DIFFUSED_IMAGES.name())).isEqualTo(Journey.Presence.NOT_YET);
    assertThat(early.waitedMs(late.getFirst())).isEmpty();
    assertThat(text(early)).contains("diffused.images                  not there so far");
  }

  @Test
  void aDeadLetterTellsWhyAndWhatToDo() {
    List<Sighting> lost = whole();
    lost.removeIf(s -> Journey.WAY.indexOf(s.at().topic()) > 1);
    String letters = Topics.deadLetter(Topics.SPECTROGRAM_IMAGES.name());
    lost.add(at(letters, times(700, 800, 800), 9, failed()));
    Journey journey = new Journey(KEY, lost, LOOKED, "");
    assertThat(journey.waitedMs(journey.sightings().getLast())).hasValue(100);
    assertThat(text(journey))
        .contains("spectrogram.images.dlq-7@12      08:00:00.800  1.4 MB")
        .contains("  dead letter: delivery-limit at diffusion-worker")
        .contains("    tried 9 times")
        .anyMatch(line -> line.startsWith("silence after 0.80 s: delivery-limit"));
  }

  @Test
  void soundHasTheLastWordThoughAnotherAttemptFailed() {
    List<Sighting> both = whole();
    both.add(at(Topics.DIFFUSED_IMAGES.name(), times(3_600, 9_000, 9_000), 9, failed()));
    assertThat(new Journey(KEY, both, LOOKED, "").failure()).isEmpty();
    assertThat(new Journey(KEY, both, LOOKED, "no registry").failure()).contains(LIMIT);
  }

  @Test
  void jsonHasEveryRecordAndWhereItLooked() {
    ObjectNode json = JourneyJson.of(new Journey(KEY, whole(), LOOKED, ""));
    assertThat(json.get("records")).hasSize(5);
    assertThat(json.get("totalMs").asLong()).isEqualTo(10_400);
    assertThat(json.get("records").get(2).get("waitedMs").asLong()).isEqualTo(3_000);
    assertThat(json.get("records").get(2).get("workedMs").asLong()).isEqualTo(5_300);
    assertThat(json.get("records").get(2).get("trace").asText()).isEqualTo(TRACE.traceId());
    assertThat(json.get("looked").get(0).get("to").asLong()).isEqualTo(40);
  }

  @Test
  void theWorstChunksOfATakeComeFirst() {
    List<Sighting> found = new ArrayList<>();
    found.add(chunk(0, 900, reading("red"), "red"));
    found.add(chunk(1, 5_000, reading("red"), "red"));
    found.add(chunk(2, 100, new Sighting.Contents("red", "", 0, Optional.of(LIMIT)), "red"));
    found.add(chunk(3, 9_000, reading("red"), "red", "chirp"));
    TakeJourney take = TakeJourney.of("ab12", 5, found, LOOKED);
    assertThat(take.chunks().stream().map(j -> j.key().chunk()))
        .containsExactly(2L, 3L, 4L, 1L, 0L);
    assertThat(take.failed()).isEqualTo(1);
    assertThat(take.unfinished()).isEqualTo(2);
    assertThat(new JourneyText(ZoneOffset.UTC).lines(take))
        .contains("take ab12: 5 chunks, 1 failed, 2 unfinished")
        .contains("      2      0.10 s  delivery-limit at diffusion-worker")
        .contains("      3      9.00 s  not heard yet: chirp")
        .contains("      4              not heard yet")
        .contains("      1      5.00 s  red");
    assertThat(JourneyJson.of(take).get("chunks")).hasSize(5);
  }

  private static Sighting chunk(
      long chunk, long ms, Sighting.Contents contents, String... readings) {
    Sighting any = at(Topics.AUDIO_OUTPUTS.name(), times(0, ms, ms), 1, contents);
    ChunkHeaders about =
        new ChunkHeaders(
            Place.newBuilder().setTake("ab12").setChunk(chunk).build(),
            "tape",
            "harbour.wav",
            List.of(readings));
    return new Sighting(
        any.at(), any.writtenMs(), any.trace(), any.hop(), Optional.of(about), any.contents());
  }

  @Test
  void theBeginningOfATakeIsEnough() {
    KnownTakes takes = KnownTakes.of(Map.of("ab12", () -> 3, "ab12~1", () -> 3, "cd34", () -> 1));
    assertThat(takes.beginningWith("ab")).containsExactly("ab12", "ab12~1");
    assertThat(takes.beginningWith("ab12")).containsExactly("ab12");
    assertThat(takes.beginningWith("c")).containsExactly("cd34");
    assertThat(takes.beginningWith("x")).isEmpty();
    assertThat(takes.chunksOf("ab12")).isEqualTo(3);
  }

  @Test
  void aKeysPartitionIsTheOneKafkasPartitionerTakes() {
    for (int chunk = 0; chunk < 50; chunk++) {
      String key = Keys.chunk("0123456789abcdef0123", chunk);
      assertThat(Keys.partitionOf(key, 12))
          .isEqualTo(
              org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(
                  key.getBytes(java.nio.charset.StandardCharsets.UTF_8), 12));
    }
  }
}
