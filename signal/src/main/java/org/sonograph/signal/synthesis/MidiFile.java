package org.sonograph.signal.synthesis;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Notes as a Standard MIDI File of format 0. Pitches between the keys are reached by pitch bend
 * (two semitones either way, as synthesizers assume); so each part has a channel of its own, and
 * the notes of a single part take channels in turn.
 */
public final class MidiFile {
  /** What readers assume, and what notes that keep to no beat are written in. */
  private static final double USUAL_BEATS_A_MINUTE = 120;

  private static final int TICKS_PER_BEAT = 480;
  private static final double MICROSECONDS_A_MINUTE = 60e6;
  private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15};
  private static final int BEND_CENTRE = 8192;
  private static final double BEND_SEMITONES = 2;

  private MidiFile() {}

  /** A message at a tick; those of one tick stand in the order of their rank. */
  private record Event(long tick, int rank, byte[] bytes) {}

  /**
   * The file.
   *
   * @param notes in any order; what lies outside the keys 0 to 127 is left out
   * @param sampleRateHz rate of their samples
   * @param startSample sample of the track that becomes the file's beginning
   * @param beatsAMinute tempo that the file says; 0 = none, written as 120
   */
  public static byte[] encode(
      List<Note> notes, int sampleRateHz, long startSample, double beatsAMinute) {
    double tempo = beatsAMinute > 0 ? beatsAMinute : USUAL_BEATS_A_MINUTE;
    // a tempo is a whole number of microseconds, which the ticks keep to
    int beat = (int) Math.round(MICROSECONDS_A_MINUTE / tempo);
    double ticksPerSample = TICKS_PER_BEAT * 1e6 / beat / sampleRateHz;
    boolean single = notes.stream().allMatch(note -> note.part() == 0);
    List<Event> events = new ArrayList<>();
    int count = 0;
    for (Note note : notes) {
      double key = 69 + 12 * Math.log(note.hz() / 440) / Math.log(2);
      int nearest = (int) Math.rint(key);
      if (nearest < 0 || nearest > 127) {
        continue;
      }
      int channel = CHANNELS[(single ? count++ : note.part()) % CHANNELS.length];
      int bend = (int) Math.round(BEND_CENTRE + (key - nearest) / BEND_SEMITONES * BEND_CENTRE);
      long on = tick(note.startSample() - startSample, ticksPerSample);
      long off =
          Math.max(on + 1, tick(note.startSample() + note.samples() - startSample, ticksPerSample));
      int velocity = (int) Math.clamp(Math.round(1 + 126 * note.loudness()), 1, 127);
      events.add(new Event(off, 0, message(0x80 | channel, nearest, 0)));
      events.add(new Event(on, 1, message(0xE0 | channel, bend & 0x7F, bend >> 7)));
      events.add(new Event(on, 2, message(0x90 | channel, nearest, velocity)));
    }
    events.sort(Comparator.comparingLong(Event::tick).thenComparingInt(Event::rank));
    return file(events, beat);
  }

  private static long tick(long samples, double ticksPerSample) {
    return Math.max(0, Math.round(samples * ticksPerSample));
  }

  private static byte[] message(int status, int first, int second) {
    return new byte[] {(byte) status, (byte) first, (byte) second};
  }

  private static byte[] file(List<Event> events, int beatMicroseconds) {
    ByteArrayOutputStream track = new ByteArrayOutputStream();
    delta(track, 0);
    track.writeBytes(new byte[] {(byte) 0xFF, 0x51, 3});
    for (int shift = 16; shift >= 0; shift -= 8) {
      track.write(beatMicroseconds >> shift);
    }
    long before = 0;
    for (Event event : events) {
      delta(track, event.tick - before);
      track.writeBytes(event.bytes);
      before = event.tick;
    }
    delta(track, 0);
    track.writeBytes(new byte[] {(byte) 0xFF, 0x2F, 0});
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1});
    file.write(TICKS_PER_BEAT >> 8);
    file.write(TICKS_PER_BEAT);
    file.writeBytes(new byte[] {'M', 'T', 'r', 'k'});
    for (int shift = 24; shift >= 0; shift -= 8) {
      file.write(track.size() >> shift);
    }
    file.writeBytes(track.toByteArray());
    return file.toByteArray();
  }

  /** Seven bits a byte, the highest first; all but the last have their top bit set. */
  private static void delta(ByteArrayOutputStream out, long ticks) {
    for (int shift = 28; shift > 0; shift -= 7) {
      if (ticks >> shift != 0) {
        out.write((int) (ticks >> shift & 0x7F | 0x80));
      }
    }
    out.write((int) (ticks & 0x7F));
  }
}
