package org.sonograph.diffusion.worker;

import java.nio.ByteBuffer;
import java.util.Map;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

/** Turns the spectrogram of a chunk into its art. */
final class Painter {
  private static final String WHOLE_TRACK_PROFILE = "notebook";
  private static final String STRIP = "strip";
  private static final String FRESH = "fresh";
  private static final String SAME = "same";

  private final Models models;

  Painter(Models models) {
    this.models = models;
  }

  /**
   * Paints.
   *
   * @throws DiffusionException if the request cannot be carried out, or not now
   */
  DiffusedImage paint(SpectrogramImage image) throws InterruptedException {
    DiffusionSettings settings = image.getInterpretation().getDiffusion();
    Diffuser diffuser = models.named(settings.getModel());
    PngImage png = decode(image);
    NoisePlan noise = noise(image);
    DiffusionRequest request =
        new DiffusionRequest(
            png.picture(),
            settings.getPrompt(),
            settings.getNegativePrompt(),
            settings.getStrength(),
            settings.getGuidance(),
            settings.getSteps(),
            settings.getScheduler(),
            noise);
    DiffusedPicture made = diffuser.diffuse(request);
    Map<String, String> text =
        ArtText.of(diffuser.model(), request, made, credit(image.getSource()), png.text());
    byte[] art = PngCodec.encode(made.picture(), new java.util.LinkedHashMap<>(text));
    return reply(image)
        .setGeneration(
            Generation.newBuilder()
                .setModelId(diffuser.model().id())
                .setModelHash(diffuser.model().sha256())
                .setPrompt(request.prompt())
                .setNegativePrompt(request.negativePrompt())
                .setSeed(noise.seed())
                .setScheduler(made.scheduler())
                .setSteps(request.steps())
                .setStrength(request.strength())
                .setGuidance(request.guidance())
                .setNoise(noiseName(image))
                .setInputWidth(made.inputWidth())
                .setInputHeight(made.inputHeight())
                .setSeconds(made.seconds())
                .build())
        .setPng(ByteBuffer.wrap(art))
        .build();
  }

  /** The record that says why a chunk has no art; travels on in its place. */
  static DiffusedImage failed(SpectrogramImage image, Failure failure) {
    return reply(image).setFailure(failure).build();
  }

  private static DiffusedImage.Builder reply(SpectrogramImage image) {
    return DiffusedImage.newBuilder()
        .setPlace(image.getPlace())
        .setSource(image.getSource())
        .setInterpretation(image.getInterpretation())
        .setLevel(image.getLevel())
        .setInversion(image.getInversion());
  }

  private static PngImage decode(SpectrogramImage image) {
    try {
      return PngCodec.decode(PcmWire.bytes(image.getPng()), PngLimits.DEFAULT);
    } catch (PngException e) {
      throw new DiffusionException(
          DiffusionException.Reason.REQUEST,
          "the spectrogram is no readable PNG: %s (%s)".formatted(e.getMessage(), where(image)),
          e);
    }
  }

  private static NoisePlan noise(SpectrogramImage image) {
    long seed = image.getInterpretation().getDiffusion().getSeed();
    Place place = image.getPlace();
    String name = noiseName(image);
    return switch (name) {
      case SAME -> new NoisePlan.Torch(seed);
      case FRESH -> new NoisePlan.Torch(seed + place.getChunk());
      case STRIP ->
          new NoisePlan.Strip(
              seed, place.getStartSample() / Math.max(1, image.getInversion().getHopSamples()));
      default ->
          throw new DiffusionException(
              DiffusionException.Reason.REQUEST,
              "noise=%s, expected strip, fresh or same (%s)".formatted(name, where(image)));
    };
  }

  private static String noiseName(SpectrogramImage image) {
    String asked = image.getInterpretation().getDiffusion().getNoise();
    if (!asked.isEmpty()) {
      return asked;
    }
    return image.getInterpretation().getProfile().equals(WHOLE_TRACK_PROFILE) ? SAME : STRIP;
  }

  private static ArtText.Credit credit(SourceInfo source) {
    String title = source.getTitle().isEmpty() ? source.getName() : source.getTitle();
    return new ArtText.Credit(title, source.getArtist(), source.getLicence());
  }

  static String where(SpectrogramImage image) {
    return "take=%s chunk=%d".formatted(image.getPlace().getTake(), image.getPlace().getChunk());
  }
}
