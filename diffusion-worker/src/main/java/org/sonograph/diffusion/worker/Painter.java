package org.sonograph.diffusion.worker;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.PassthroughDiffuser;
import org.sonograph.diffusion.PromptSchedule;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

/** What stands before and after the painting: from message to request, and from art to message. */
final class Painter {
  private static final String WHOLE_TRACK_PROFILE = "notebook";
  private static final String STRIP = "strip";
  private static final String FRESH = "fresh";
  private static final String SAME = "same";
  private static final ModelInfo UNPAINTED = new PassthroughDiffuser(Duration.ZERO).model();

  private final Models models;

  Painter(Models models) {
    this.models = models;
  }

  /**
   * What is asked of a model for a message; the model stays open until the lease is given back.
   *
   * @throws DiffusionException if the request cannot be carried out, or not now
   */
  Sketch sketch(SpectrogramImage image) throws InterruptedException {
    PngImage png = decode(image);
    DiffusionRequest request = request(image, png);
    DiffusionSettings asked = image.getInterpretation().getDiffusion();
    Models.Lease lease = models.lease(asked.getModel());
    refuseOtherModel(asked.getModelHash(), lease, image);
    RecipeKey key = RecipeKey.of(lease.diffuser().model(), request);
    return new Sketch(image, request, png.text(), lease, key);
  }

  private static void refuseOtherModel(String asked, Models.Lease lease, SpectrogramImage image) {
    ModelInfo here = lease.diffuser().model();
    if (asked.isEmpty() || asked.equals(here.sha256())) {
      return;
    }
    lease.giveBack().run();
    throw new DiffusionException(
        DiffusionException.Reason.MODEL,
        "model %s has the SHA-256 %s at this worker, the take was begun with %s: give every worker that model, or make another take (%s)"
            .formatted(
                here.id(), here.sha256().isEmpty() ? "none" : here.sha256(), asked, where(image)));
  }

  private static DiffusionRequest request(SpectrogramImage image, PngImage png) {
    DiffusionSettings settings = image.getInterpretation().getDiffusion();
    PromptSchedule.Moment moment = Asked.moment(image);
    return new DiffusionRequest(
        png.picture(),
        moment.prompt(),
        settings.getNegativePrompt(),
        settings.getStrength(),
        settings.getGuidance(),
        settings.getSteps(),
        settings.getScheduler(),
        noise(image),
        Asked.options(settings, moment));
  }

  /** The message with the art. */
  static DiffusedImage art(Sketch sketch, DiffusedPicture made) {
    Original original = new Original(sketch.image(), sketch.request(), sketch.text());
    return art(original, made, sketch.diffuser().model());
  }

  /** The message with the picture as it came, because there is next to nothing to hear. */
  static DiffusedImage unpainted(SpectrogramImage image) {
    PngImage png = decode(image);
    DiffusedPicture same =
        new DiffusedPicture(
            png.picture(), "", png.picture().width(), png.picture().height(), 0, false, 0);
    return art(new Original(image, request(image, png), png.text()), same, UNPAINTED);
  }

  /** What a picture was made from. */
  private record Original(
      SpectrogramImage image, DiffusionRequest request, Map<String, String> text) {}

  private static DiffusedImage art(Original original, DiffusedPicture made, ModelInfo model) {
    SpectrogramImage image = original.image();
    DiffusionRequest request = original.request();
    Map<String, String> text =
        ArtText.named(
            ArtText.of(model, request, made, credit(image.getSource()), original.text()),
            image.getInterpretation().getPreset());
    byte[] art = PngCodec.encode(made.picture(), new LinkedHashMap<>(text));
    return reply(image)
        .setGeneration(
            Generation.newBuilder()
                .setModelId(model.id())
                .setModelHash(model.sha256())
                .setPrompt(request.prompt())
                .setNegativePrompt(request.negativePrompt())
                .setSeed(request.noise().seed())
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

  /** A picture on its way, for whoever looks on: its place and what it looks like, nothing else. */
  static DiffusedImage preview(SpectrogramImage image, Picture picture) {
    return DiffusedImage.newBuilder()
        .setPlace(image.getPlace())
        .setSource(image.getSource())
        .setPng(ByteBuffer.wrap(PngCodec.encode(picture, new LinkedHashMap<>())))
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
    long seed = Asked.seed(image);
    Place place = image.getPlace();
    String name = noiseName(image);
    return switch (name) {
      case SAME -> new NoisePlan.Torch(seed);
      case FRESH -> new NoisePlan.Torch(Asked.hasOwnSeeds(image) ? seed : seed + place.getChunk());
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
