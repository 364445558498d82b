package org.sonograph.launcher.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class HappeningsTest {
  private static final Look.Disk ROOMY = new Look.Disk(500L << 30, 1000L << 30);
  private final Happenings happenings = new Happenings(Duration.ofSeconds(30), ZoneOffset.UTC);

  static JsonNode streams(String state, boolean isFlowing) throws JsonProcessingException {
    return new ObjectMapper()
        .readTree(
            "[{\"name\":\"foyer\",\"expected\":true,\"flowing\":%s,\"state\":\"%s\",\"behindSeconds\":11}]"
                .formatted(isFlowing, state));
  }

  private List<String> at(long second, String state, boolean isFlowing)
      throws JsonProcessingException {
    return texts(look(second, state, isFlowing, List.of(), ROOMY));
  }

  private static Look look(
      long second, String state, boolean isFlowing, List<String> aside, Look.Disk disk)
      throws JsonProcessingException {
    return new Look(
        second * 1000,
        streams(state, isFlowing),
        new ObjectMapper().createArrayNode(),
        aside,
        disk);
  }

  private List<String> texts(Look look) {
    return happenings.since(look).stream().map(Happenings.Message::text).toList();
  }

  @Test
  void tellsOnceThatSoundIsLostAndOnceThatItIsBack() throws Exception {
    assertThat(at(0, "live", true)).isEmpty();
    assertThat(at(10, "silence", false)).isEmpty();
    assertThat(at(35, "silence", false)).isEmpty();
    assertThat(at(40, "silence", false))
        .singleElement()
        .asString()
        .startsWith("sound of foyer is lost: SOUND: no, since");
    assertThat(at(80, "silence", false)).isEmpty();
    assertThat(at(100, "live", true))
        .containsExactly("sound of foyer is back after 90 s: SOUND: yes, live, 11 s behind");
    assertThat(at(105, "live", true)).isEmpty();
  }

  @Test
  void whatLastsShortlyIsNotTold() throws Exception {
    assertThat(at(0, "silence", false)).isEmpty();
    assertThat(at(25, "live", true)).isEmpty();
    assertThat(at(30, "silence", false)).isEmpty();
    assertThat(at(55, "live", true)).isEmpty();
  }

  @Test
  void tellsThatOnlyMemoryIsHeard() throws Exception {
    at(0, "memory", true);
    assertThat(at(30, "memory", true))
        .singleElement()
        .asString()
        .startsWith("new sound of foyer is lost: SOUND: yes, but nothing new");
    assertThat(at(60, "stand-in", true)).hasSize(1);
  }

  @Test
  void tellsEachThingThatWasSetAsideOnce() throws Exception {
    List<String> one = List.of("set aside: kafka");
    assertThat(texts(look(0, "live", true, one, ROOMY))).isEqualTo(one);
    List<String> two = List.of("set aside: kafka", "set aside: registry");
    assertThat(texts(look(1, "live", true, two, ROOMY))).containsExactly("set aside: registry");
  }

  @Test
  void tellsOnceThatADiskFillsUntilThereIsRoomAgain() throws Exception {
    Look.Disk full = new Look.Disk(10L << 30, 1000L << 30);
    Look.Disk wavering = new Look.Disk(60L << 30, 1000L << 30);
    assertThat(texts(look(0, "live", true, List.of(), full))).hasSize(1);
    assertThat(texts(look(1, "live", true, List.of(), wavering))).isEmpty();
    assertThat(texts(look(2, "live", true, List.of(), full))).isEmpty();
    assertThat(texts(look(3, "live", true, List.of(), ROOMY))).isEmpty();
    assertThat(texts(look(4, "live", true, List.of(), full))).hasSize(1);
  }
}
