package org.sonograph.diffusion.engine;

import java.util.Map;
import java.util.Set;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.noise.LatentShape;
import org.sonograph.diffusion.noise.NoiseSource;

/** Pictures to latents and back. Any thread may call; each call has tensors of its own. */
final class Autoencoder implements Opened.Part {

  /** Cells beyond each edge that a decoder sees of a picture which goes round. */
  private static final int ROUND_CELLS = 8;

  private static final float MIN_LOG_VARIANCE = -30;
  private static final float MAX_LOG_VARIANCE = 20;

  private final Graph encoder;
  private final Graph decoder;
  private final ModelFolder.LatentScale scale;
  private final Port encoded;
  private final Port decoded;

  Autoencoder(ModelFolder folder, Sessions sessions) {
    scale = folder.latent();
    encoder = new Graph(folder.graph("vae_encoder"), Graph.Use.ONCE_A_PICTURE, sessions);
    try {
      decoder = new Graph(folder.graph("vae_decoder"), Graph.Use.ONCE_A_PICTURE, sessions);
    } catch (DiffusionException e) {
      encoder.close();
      throw e;
    }
    encoder.expectOnly(Set.of("sample"));
    decoder.expectOnly(Set.of("latent_sample"));
    encoded = encoder.output("latent_parameters", "latent_sample");
    decoded = decoder.output("sample");
  }

  /**
   * Encodes a picture.
   *
   * @param pixels {@code [3][row][column]}, -1 to 1
   * @param noise drawn from once where the encoder gives a distribution, not at all where it gives
   *     latents outright
   * @return latents at the U-Net's scale
   */
  float[] encode(float[] pixels, LatentShape shape, NoiseSource noise) {
    int parameters = encoded.name().equals("latent_sample") ? 1 : 2;
    int channels = encoded.fixed(1, parameters * scale.channels());
    Port in = encoder.input("sample");
    try (HostTensor picture = new HostTensor(in.type(), pictureShape(shape));
        HostTensor out =
            new HostTensor(encoded.type(), 1, channels, shape.height(), shape.width())) {
      picture.put(0, pixels);
      encoder.run(Map.of(in.name(), picture.tensor()), Map.of(encoded.name(), out.tensor()));
      float[] latents = new float[shape.size()];
      out.get(0, latents);
      if (channels == 2 * scale.channels()) {
        float[] logVariance = new float[shape.size()];
        out.get(shape.size(), logVariance);
        sample(latents, logVariance, noise);
      } else if (channels != scale.channels()) {
        throw new DiffusionException(
            DiffusionException.Reason.MODEL,
            "the VAE encoder gives out %s, expected %d or %d channels"
                .formatted(encoded, scale.channels(), 2 * scale.channels()));
      }
      for (int i = 0; i < latents.length; i++) {
        latents[i] = (float) (scale.factor() * (latents[i] - (float) scale.shift()));
      }
      return latents;
    }
  }

  /** Draws from the normal distribution of each latent value. */
  private static void sample(float[] mean, float[] logVariance, NoiseSource noise) {
    float[] normal = new float[mean.length];
    noise.draw(normal);
    for (int i = 0; i < mean.length; i++) {
      float clamped = Math.clamp(logVariance[i], MIN_LOG_VARIANCE, MAX_LOG_VARIANCE);
      mean[i] += (float) Math.exp(0.5f * clamped) * normal[i];
    }
  }

  /**
   * Decodes latents.
   *
   * @param latents at the U-Net's scale
   * @return {@code [3][row][column]}, -1 to 1 and somewhat beyond
   */
  float[] decode(float[] latents, LatentShape shape) {
    float[] scaled = new float[latents.length];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = (float) (latents[i] / (float) scale.factor() + scale.shift());
    }
    Port in = decoder.input("latent_sample");
    try (HostTensor cells =
            new HostTensor(in.type(), 1, shape.channels(), shape.height(), shape.width());
        HostTensor picture = new HostTensor(decoded.type(), pictureShape(shape))) {
      cells.put(0, scaled);
      decoder.run(Map.of(in.name(), cells.tensor()), Map.of(decoded.name(), picture.tensor()));
      int cell = scale.pixelsPerCell() * scale.pixelsPerCell();
      float[] pixels = new float[3 * shape.height() * shape.width() * cell];
      picture.get(0, pixels);
      return pixels;
    }
  }

  /**
   * Decodes latents that go round: each edge is decoded beside the other one.
   *
   * @return as {@link #decode}
   */
  float[] decodeRound(float[] latents, LatentShape shape) {
    int margin = Math.min(ROUND_CELLS, shape.width());
    LatentShape wide =
        new LatentShape(shape.channels(), shape.height(), shape.width() + 2 * margin);
    float[] extended = new float[wide.size()];
    for (int row = 0; row < shape.channels() * shape.height(); row++) {
      for (int i = 0; i < wide.width(); i++) {
        int column = Math.floorMod(i - margin, shape.width());
        extended[row * wide.width() + i] = latents[row * shape.width() + column];
      }
    }
    float[] decoded = decode(extended, wide);
    int cell = scale.pixelsPerCell();
    int width = shape.width() * cell;
    float[] pixels = new float[3 * shape.height() * cell * width];
    for (int row = 0; row < 3 * shape.height() * cell; row++) {
      System.arraycopy(
          decoded, row * wide.width() * cell + margin * cell, pixels, row * width, width);
    }
    return pixels;
  }

  private long[] pictureShape(LatentShape shape) {
    return new long[] {
      1,
      3,
      (long) shape.height() * scale.pixelsPerCell(),
      (long) shape.width() * scale.pixelsPerCell()
    };
  }

  @Override
  public void close() {
    encoder.close();
    decoder.close();
  }
}
