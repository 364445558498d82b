package org.sonograph.launcher.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundVerdictTest {
  private static final Instant NOW = Instant.parse("2026-11-29T21:10:00Z");
  private static final String GOOD =
      "'name':'foyer','expected':true,'flowing':true,'behindSeconds':11.2,'sinceLiveSeconds':0";

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<SoundVerdict> all(String streams, String sources) {
    return SoundVerdict.of(json(streams), json(sources), NOW, ZoneOffset.UTC);
  }

  private static SoundVerdict one(String stream) {
    return all("[{" + stream + "}]", "[]").getFirst();
  }

  @Test
  void saysNothingWhereNoStreamEverWas() {
    assertThat(all("[]", "[]")).isEmpty();
  }

  @Test
  void saysHowFarBehindIt() {
    SoundVerdict live = one(GOOD + ",'state':'live'");
    assertThat(live.ok()).isTrue();
    assertThat(live.text()).isEqualTo("SOUND: yes, live, 11 s behind");
    assertThat(one(GOOD + ",'state':'stand-in','card':'plays'").text())
        .isEqualTo("SOUND: yes, unpainted, 11 s behind");
  }

  @Test
  void saysSinceWhenThereIsNoCard() {
    SoundVerdict silent =
        one(GOOD + ",'state':'live','card':'no card is called USB','cardSinceSeconds':360");
    assertThat(silent.ok()).isFalse();
    assertThat(silent.text())
        .startsWith("SOUND: no, since 21:04: no sound card (no card is called USB). Do: ");
  }

  @Test
  void saysSinceWhenNothingNewComes() {
    assertThat(
            one("'name':'foyer','expected':true,'flowing':true,'sinceLiveSeconds':120,'state':'memory'")
                .text())
        .startsWith("SOUND: yes, but nothing new since 21:08: the last hour is heard again. Do: ");
    assertThat(
            one("'name':'foyer','expected':true,'flowing':false,'sinceLiveSeconds':172800,'state':'silence'")
                .text())
        .startsWith("SOUND: no, since 21:10 on 2026-11-27: nothing new comes");
  }

  @Test
  void saysWhyTheSourceIsLost() {
    SoundVerdict lost =
        all(
                "[{" + GOOD + ",'state':'live'}]",
                "[{'name':'foyer','heard':'loop','trouble':'connection refused'}]")
            .getFirst();
    assertThat(lost.ok()).isFalse();
    assertThat(lost.text())
        .isEqualTo(
            "SOUND: yes, live, 11 s behind; the source is lost, loop is heard: connection refused."
                + " Do: see to the source.");
  }

  @Test
  void saysThatSomebodyWantedSilence() {
    SoundVerdict muted =
        one("'name':'foyer','expected':false,'panic':true,'flowing':true,'state':'live'");
    assertThat(muted.ok()).isTrue();
    assertThat(muted.text()).startsWith("SOUND: no, since somebody wanted silence");
  }

  @Test
  void tellsTheWorstFirst() {
    List<SoundVerdict> two =
        all("[{" + GOOD + ",'state':'live'}]", "[{'name':'foyer'},{'name':'hall'}]");
    assertThat(two).extracting(SoundVerdict::stream).containsExactly("hall", "foyer");
    assertThat(two.getFirst().text()).startsWith("SOUND: no, not yet");
  }
}
