package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.runtime.ffmpeg.ChunkFlac;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.Inversion;
import org.sonograph.signal.sound.Sound;

/** The source's own sound, with the real FFmpeg, through the whole topology. */
class ITSourceSound {
  private static final int RATE = 48_000;
  private static final int STEP = 448 * 576;
  private static final int SAMPLES = STEP + 512 * 576;
  private static final int CONTEXT = 2048;

  @TempDir Path folder;

  private static float[] source() {
    float[] out = new float[SAMPLES];
    for (int i = 0; i < out.length; i++) {
      double t = (double) i / RATE;
      double beat = Math.exp(-(i % 30_000) / 5000.0);
      out[i] =
          (float)
              (0.2 * Math.sin(2 * Math.PI * 330 * t)
                  + 0.2 * beat * Math.sin(2 * Math.PI * 1500 * t));
    }
    return out;
  }

  private static DiffusedImage withSource(DiffusedImage image, float[] source) throws IOException {
    int start = (int) image.getPlace().getStartSample();
    int until = (int) (start + image.getPlace().getLengthSamples());
    float[] cut =
        Arrays.copyOfRange(
            source, Math.max(0, start - CONTEXT), Math.min(source.length, until + CONTEXT));
    byte[] flac = new ChunkFlac(FFmpegSettings.defaults()).encode(Sound.mono(RATE, cut));
    assertThat(flac.length).isLessThan(cut.length * 3);
    Inversion inversion =
        Inversion.newBuilder(image.getInversion()).setSourceFlac(ByteBuffer.wrap(flac)).build();
    return DiffusedImage.newBuilder(image).setInversion(inversion).build();
  }

  @Test
  void aTakeThatWasNotRepaintedSoundsAsItsSource() throws IOException {
    float[] source = source();
    List<DiffusedImage> images = new ArrayList<>();
    for (DiffusedImage image :
        TestTake.tape("inverse", SAMPLES, "inverse").passthrough(source, -10)) {
      images.add(withSource(image, source));
    }
    float[] heard;
    try (DecoderHarness harness = new DecoderHarness(folder)) {
      images.forEach(harness::send);
      List<AudioOutput> sent = harness.sent();
      assertThat(sent).allMatch(r -> r.getFailure() == null);
      heard = DecoderHarness.sound(sent)[0];
    }
    assertThat(heard).hasSize(SAMPLES);
    // the level is the decoder's own, and moves slowly: compare in pieces of 50 ms, seam included
    int window = RATE / 20;
    for (int from = RATE; from + window < SAMPLES - RATE; from += window) {
      assertThat(likeness(source, heard, from, window))
          .as("from sample %d", from)
          .isGreaterThan(0.99);
    }
  }

  private static double likeness(float[] one, float[] other, int from, int count) {
    double product = 0;
    double a = 0;
    double b = 0;
    for (int i = from; i < from + count; i++) {
      product += one[i] * other[i];
      a += one[i] * one[i];
      b += other[i] * other[i];
    }
    return product / Math.sqrt(a * b);
  }
}
