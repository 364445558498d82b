package org.sonograph.gallery.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.sonograph.gallery.report.RecordJson;
import org.sonograph.gallery.report.TrackFile;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramSettings;

/**
 * The picture of one chunk of a live stream, as a wall shows it.
 *
 * @param take id of the take
 * @param chunk number of the chunk in its take
 * @param span the sound that it is the picture of
 * @param label what stands under it
 * @param png the picture
 */
public record WallPicture(String take, long chunk, Span span, WallLabel label, byte[] png) {
  private static final double MS = 1000;

  /**
   * Sound that a picture shows, from its left edge to its right one.
   *
   * @param dueMs when its left edge is heard, by the wall clock; 0 = nobody knows
   * @param startSeconds its left edge, since the take's first sample, s
   * @param seconds its length, s
   * @param overlapSeconds how much of it the picture before shows too, which dissolves into this
   *     one there, s
   */
  public record Span(long dueMs, double startSeconds, double seconds, double overlapSeconds) {}

  /** A record as a picture; empty where it has none. */
  public static Optional<WallPicture> of(DiffusedImage record) throws IOException {
    Place place = record.getPlace();
    ByteBuffer png = record.getPng().duplicate();
    if (record.getFailure() != null || !png.hasRemaining() || place.getSampleRateHz() < 1) {
      return Optional.empty();
    }
    byte[] bytes = new byte[png.remaining()];
    png.get(bytes);
    SpectrogramSettings drawn = record.getInterpretation().getSpectrogram();
    double rate = place.getSampleRateHz();
    double overlap = (double) drawn.getOverlapColumns() * drawn.getHopSamples() / rate;
    return Optional.of(
        new WallPicture(
            place.getTake(),
            place.getChunk(),
            new Span(
                place.getDueMs(),
                place.getStartSample() / rate,
                place.getLengthSamples() / rate,
                place.getChunk() == 0 ? 0 : overlap),
            label(record),
            bytes));
  }

  /** When its right edge is heard, by the wall clock. */
  double endMs() {
    return span.dueMs() + span.seconds() * MS;
  }

  private static WallLabel label(DiffusedImage record) throws IOException {
    SourceInfo source = record.getSource();
    List<String> readings =
        record.getInterpretation().getReadings().stream().map(ReadingSettings::getName).toList();
    return WallLabel.of(
        new TrackFile.Origin(
            source.getId(),
            source.getName(),
            source.getTitle(),
            source.getArtist(),
            source.getLicence(),
            source.getPermission(),
            source.getArchiveId()),
        RecordJson.tree(record.getInterpretation()),
        readings,
        "");
  }
}
