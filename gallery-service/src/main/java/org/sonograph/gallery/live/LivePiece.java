package org.sonograph.gallery.live;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.sound.Sound;

/**
 * One reading of one chunk of a live stream, as the player needs it.
 *
 * @param about whose it is
 * @param chunk number of the chunk in its take
 * @param reading name of the reading
 * @param rateHz rate of the sound
 * @param startSample where it lies in its take
 * @param samples how long it is
 * @param sound its samples in two channels; empty = it failed
 * @param time when it is due and when it was sent
 */
public record LivePiece(
    About about,
    long chunk,
    String reading,
    int rateHz,
    long startSample,
    long samples,
    Optional<float[][]> sound,
    Time time) {

  /**
   * What all pieces of a take have in common.
   *
   * @param take id of the take
   * @param standIn whether it is heard only where the other take has nothing
   * @param readings names of its readings
   * @param title what listeners are told
   * @param prompt of the chunk's picture
   */
  public record About(
      String take, boolean standIn, List<String> readings, String title, String prompt) {
    public About {
      readings = List.copyOf(readings);
    }
  }

  /**
   * When a piece is heard.
   *
   * @param beginMs when the take's first sample is due by what this chunk says; not a number =
   *     nobody knows
   * @param closedMs when ingest handed the chunk to the broker; 0 = nobody knows
   * @param behindMs from the capture of a sample until it is due; 0 = nobody knows
   */
  public record Time(double beginMs, long closedMs, double behindMs) {}

  public LivePiece {
    if (rateHz < 1 || startSample < 0 || samples < 0) {
      throw new IllegalArgumentException(
          "rateHz=%d startSample=%d samples=%d, expected 1 or more, 0 or more, 0 or more (take=%s chunk=%d)"
              .formatted(rateHz, startSample, samples, about.take(), chunk));
    }
    if (sound.isPresent()
        && (sound.get().length != OutputGrid.CHANNELS || sound.get()[0].length != samples)) {
      throw new IllegalArgumentException(
          "sound of %d channels, %d samples, expected %d channels, %d samples (take=%s chunk=%d)"
              .formatted(
                  sound.get().length,
                  sound.get()[0].length,
                  OutputGrid.CHANNELS,
                  samples,
                  about.take(),
                  chunk));
    }
  }

  /**
   * A record as a piece.
   *
   * @throws IllegalArgumentException where the record cannot be right
   */
  public static LivePiece of(AudioOutput record) {
    Place place = record.getPlace();
    boolean failed = record.getFailure() != null;
    return new LivePiece(
        new About(
            place.getTake(),
            place.getStandIn(),
            record.getInterpretation().getReadings().stream()
                .map(ReadingSettings::getName)
                .toList(),
            title(record),
            record.getInterpretation().getDiffusion().getPrompt()),
        place.getChunk(),
        record.getReading(),
        record.getSampleRateHz(),
        record.getStartSample(),
        record.getSamples(),
        failed ? Optional.empty() : Optional.of(sound(record)),
        time(place, failed));
  }

  boolean isSameTake(LivePiece other) {
    return about.take().equals(other.about.take());
  }

  /** The same without its samples, to be remembered. */
  LivePiece withoutSound() {
    return new LivePiece(
        about, chunk, reading, rateHz, startSample, samples, Optional.empty(), time);
  }

  /** A chunk that did not come has the place of another one, and so no time of its own. */
  private static Time time(Place place, boolean failed) {
    int rate = place.getSampleRateHz();
    if (failed || rate < 1 || place.getDueMs() == 0) {
      return new Time(Double.NaN, 0, 0);
    }
    double begin = place.getDueMs() - place.getStartSample() * 1000.0 / rate;
    double behind =
        place.getClosedMs() == 0
            ? 0
            : place.getDueMs() - place.getClosedMs() + place.getLengthSamples() * 1000.0 / rate;
    return new Time(begin, place.getClosedMs(), Math.max(0, behind));
  }

  private static float[][] sound(AudioOutput record) {
    int length = Math.toIntExact(record.getSamples());
    if (!record.getPcm().hasRemaining()) {
      return new float[OutputGrid.CHANNELS][length];
    }
    Sound sound =
        PcmWire.fromAvro(
            record.getPcm(),
            record.getSampleFormat(),
            record.getChannels(),
            record.getSampleRateHz());
    float[] left = finite(sound.channels()[0]);
    float[] right = sound.channelCount() == 1 ? left : finite(sound.channels()[1]);
    return new float[][] {left, right};
  }

  private static float[] finite(float[] samples) {
    float[] out = Arrays.copyOf(samples, samples.length);
    for (int i = 0; i < out.length; i++) {
      out[i] = Float.isFinite(out[i]) ? out[i] : 0;
    }
    return out;
  }

  private static String title(AudioOutput record) {
    String prompt = record.getInterpretation().getDiffusion().getPrompt();
    String title = record.getSource().getTitle();
    String name = title.isEmpty() ? record.getSource().getName() : title;
    return prompt.isEmpty() ? name : name.isEmpty() ? prompt : name + ": " + prompt;
  }
}
