package org.sonograph.signal.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

class MidiFileTest {

  @Test
  void anotherReaderFindsTheNotes() throws Exception {
    List<Note> notes =
        List.of(
            new Note(96_000, 24_000, 440, 1, 0),
            new Note(120_000, 480_000, 440 * Math.pow(2, 0.25 / 12), 0.5, 1),
            new Note(144_000, 100, 1, 0.5, 2));
    Sequence sequence =
        MidiSystem.getSequence(new ByteArrayInputStream(MidiFile.encode(notes, 48_000, 96_000, 0)));
    assertThat(sequence.getMicrosecondLength()).isEqualTo(10_500_000);
    List<ShortMessage> messages = new ArrayList<>();
    List<Long> ticks = new ArrayList<>();
    Track track = sequence.getTracks()[0];
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage message) {
        messages.add(message);
        ticks.add(track.get(i).getTick());
      }
    }
    assertThat(messages)
        .extracting(ShortMessage::getCommand)
        .containsExactly(0xE0, 0x90, 0x80, 0xE0, 0x90, 0x80);
    assertThat(ticks).containsExactly(0L, 0L, 480L, 480L, 480L, 10_080L);
    assertThat(messages.get(1).getData1()).isEqualTo(69);
    assertThat(messages.get(1).getData2()).isEqualTo(127);
    assertThat(messages.get(4).getChannel()).isEqualTo(1);
    int bend = messages.get(3).getData1() + 128 * messages.get(3).getData2();
    assertThat((bend - 8192) / 4096.0).isCloseTo(0.25, within(0.001));
  }

  @Test
  void beatsLieOnTheTempoThatTheFileSays() throws Exception {
    // the third beat at 90 a minute, 4/3 s, for half a beat
    List<Note> notes = List.of(new Note(64_000, 16_000, 440, 1, 0));
    Sequence sequence =
        MidiSystem.getSequence(new ByteArrayInputStream(MidiFile.encode(notes, 48_000, 0, 90)));
    assertThat(sequence.getResolution()).isEqualTo(480);
    Track track = sequence.getTracks()[0];
    byte[] tempo = track.get(0).getMessage().getMessage();
    assertThat(tempo).startsWith(0xFF, 0x51, 3);
    assertThat((tempo[3] & 0xff) << 16 | (tempo[4] & 0xff) << 8 | tempo[5] & 0xff)
        .isEqualTo(666_667);
    assertThat(track.get(2).getTick()).isEqualTo(960);
    assertThat(track.get(3).getTick()).isEqualTo(1200);
    assertThat(sequence.getMicrosecondLength() / 1e6).isCloseTo(5 / 3.0, within(1e-5));
  }
}
