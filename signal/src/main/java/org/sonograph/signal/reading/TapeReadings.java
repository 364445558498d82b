package org.sonograph.signal.reading;

import java.util.Arrays;
import java.util.List;
import org.sonograph.signal.phase.GriffinLim;
import org.sonograph.signal.phase.InitialPhase;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.ChannelMix;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.spectrogram.TapeSpectrogram;

/**
 * The readings as {@code tape} has them: on the picture's own axis, hop and range, in stereo,
 * exactly as long as the chunk. Phases start from what (take, absolute frame) give, so neighbouring
 * pictures begin alike where they overlap.
 */
final class TapeReadings {
  /** Spectral convergence on a noisy picture: 0.221 after 24, 0.214 after 32, 0.207 after 48. */
  static final int ITERATIONS = 32;

  private TapeReadings() {}

  static ProfileReading channel(int channel) {
    return request ->
        read(request, TapeMix.of(List.of("red", "green", "blue").get(channel)).orElseThrow());
  }

  static ProfileReading rgbMean() {
    return request -> read(request, TapeMix.of("rgb-mean").orElseThrow());
  }

  static ProfileReading chirp() {
    return TapeChirp::read;
  }

  private static ReadingOutput read(ReadingRequest request, List<ChannelMix> mixes) {
    Inversion inversion = request.inversion();
    checkRate(request);
    int columns = TapeSpectrogram.columns(request.position().lengthSamples(), inversion);
    int length = Math.toIntExact(request.position().lengthSamples());
    Picture art = TapeSpectrogram.fit(request.art(), inversion);
    float[] left = new float[length];
    float[] right = left;
    if (columns > 0) {
      left =
          channel(request, TapeSpectrogram.strip(art.columns(0, columns), mixes.get(0), inversion));
      right =
          mixes.get(1).equals(mixes.get(0)) || art.channels() == 1
              ? left.clone()
              : channel(
                  request, TapeSpectrogram.strip(art.columns(0, columns), mixes.get(1), inversion));
    } else {
      right = left.clone();
    }
    return new ReadingOutput(
        Sound.stereo(inversion.sampleRateHz(), left, right), ReadingOutput.Extent.TRACK);
  }

  static void checkRate(ReadingRequest request) {
    int rate = request.inversion().sampleRateHz();
    if (request.position().sampleRateHz() != rate) {
      throw new IllegalArgumentException(
          "position at %d Hz, expected the picture's %d Hz (take=%s)"
              .formatted(request.position().sampleRateHz(), rate, request.position().take()));
    }
  }

  /** One channel of sound from magnitudes {@code [column][bin]}. */
  private static float[] channel(ReadingRequest request, double[][] magnitudes) {
    Inversion inversion = request.inversion();
    ReadingParameters parameters = new ReadingParameters(request.parameters());
    int hop = inversion.hopSamples();
    // the edge columns go on for half a window, so that the sound does not know where its picture
    // ended
    int margin = Math.ceilDiv(inversion.nFft() / 2, hop);
    double[][] padded = new double[magnitudes.length + 2 * margin][];
    Arrays.setAll(padded, f -> magnitudes[Math.clamp(f - margin, 0, magnitudes.length - 1)]);
    long firstColumn = request.position().startSample() / hop - margin;
    InitialPhase start = start(parameters, request.position().take(), firstColumn);
    int iterations = parameters.whole(ReadingParameters.ITERATIONS, ITERATIONS, 0, 10_000);
    double[] sound =
        GriffinLim.run(
            padded,
            start,
            GriffinLim.Settings.torchaudio(inversion.nFft(), hop, padded.length)
                .withIterations(iterations));
    float[] out = new float[(int) request.position().lengthSamples()];
    int count = Math.min(out.length, magnitudes.length * hop);
    for (int i = 0; i < count; i++) {
      out[i] = (float) sound[margin * hop + i];
    }
    return out;
  }

  private static InitialPhase start(ReadingParameters parameters, String take, long firstColumn) {
    return switch (parameters.phase(ReadingParameters.Phase.RANDOM)) {
      case ZERO -> InitialPhase.ZERO;
      case RANDOM -> InitialPhase.absolute(parameters.seed(take), firstColumn);
    };
  }
}
