package org.sonograph.signal.reading;

import java.util.List;
import org.sonograph.signal.reading.ReadingOutput.Extent;
import org.sonograph.signal.sound.Sound;

/**
 * A reading that sees the picture as a plane of time and pitch and is done alike in both profiles.
 */
abstract sealed class CanvasReading implements Reading
    permits AdditiveReading,
        BellsReading,
        GrainReading,
        ScanReading,
        VoicesReading,
        WavetableReading {

  private final String name;
  private final String summary;
  private final List<Parameter> parameters;

  CanvasReading(String name, String summary, List<Parameter> parameters) {
    this.name = name;
    this.summary = summary;
    this.parameters = List.copyOf(parameters);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public final ReadingOutput read(ReadingRequest request) {
    Canvas canvas = Canvas.of(request, name);
    float[][] sound = canvas.samples() == 0 ? new float[2][0] : paint(canvas, request);
    if (canvas.extent() == Extent.OWN) {
      // no level is set later, as it is on a track's timeline
      Level.centre(sound);
      Level.normalise(sound);
    }
    return new ReadingOutput(new Sound(canvas.sampleRateHz(), sound), canvas.extent());
  }

  /** Left and right, {@code canvas.samples()} samples each. */
  abstract float[][] paint(Canvas canvas, ReadingRequest request);
}
