package org.sonograph.signal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.SpectrogramProfile;
import org.sonograph.signal.synthesis.MidiFile;

/** The notes of readings as a MIDI file, read by another reader. */
class WrittenNotesTest {
  private static final Inversion TAPE = SpectrogramProfile.TAPE.inversion(-20);
  private static final int TICKS_A_BEAT = 480;

  private static Picture art() {
    byte[] rgb = new byte[TAPE.width() * TAPE.height() * 3];
    Random random = new Random(3);
    for (int spot = 0; spot < 40; spot++) {
      int left = random.nextInt(TAPE.width() - 20);
      int top = random.nextInt(TAPE.height() - 20);
      for (int i = 0; i < 400; i++) {
        int at = ((top + i / 20) * TAPE.width() + left + i % 20) * 3;
        rgb[at] = (byte) 250;
        rgb[at + 1] = (byte) (spot * 6);
        rgb[at + 2] = (byte) (250 - spot * 6);
      }
    }
    return Picture.rgb(TAPE.width(), TAPE.height(), rgb);
  }

  @ParameterizedTest
  @ValueSource(strings = {"voices", "bells"})
  void everyNoteBeginsOnTheBeatAndEndsInTheFile(String name) throws Exception {
    NoteReading reading = (NoteReading) new Readings().named(name);
    long length = (long) TAPE.frames() * TAPE.hopSamples();
    ReadingRequest request =
        new ReadingRequest(
            art(),
            TAPE,
            new TrackPosition("t", 0, length, TAPE.sampleRateHz()),
            new TreeMap<>(Map.of("tempo", "90")));
    int rate = TAPE.sampleRateHz();
    byte[] file = MidiFile.encode(reading.notes(request), rate, 0, reading.beatsAMinute(request));
    Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
    assertThat(sequence.getResolution()).isEqualTo(TICKS_A_BEAT);
    Track track = sequence.getTracks()[0];
    int on = 0;
    int off = 0;
    for (int i = 0; i < track.size(); i++) {
      if (track.get(i).getMessage() instanceof ShortMessage message) {
        if (message.getCommand() == ShortMessage.NOTE_ON) {
          on++;
          long past = track.get(i).getTick() % (TICKS_A_BEAT / 4);
          assertThat(Math.min(past, TICKS_A_BEAT / 4 - past))
              .as("ticks off the beat")
              .isLessThan(2);
        } else if (message.getCommand() == ShortMessage.NOTE_OFF) {
          off++;
        }
      }
    }
    assertThat(on).isPositive().isEqualTo(off);
  }
}
