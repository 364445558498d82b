package org.sonograph.schemas;

/** What no worker paints: its pictures go from spectrogram-service straight to the decoder. */
public final class Undiffused {
  /** Model of such a picture. */
  public static final String MODEL = "none";

  private Undiffused() {}

  /** Whether an interpretation asks for the picture as it was drawn. */
  public static boolean is(Interpretation interpretation) {
    return interpretation.getDiffusion().getModel().equals(MODEL);
  }

  /** The same interpretation without diffusion. */
  public static Interpretation of(Interpretation interpretation) {
    return Interpretation.newBuilder(interpretation)
        .setDiffusion(
            DiffusionSettings.newBuilder(interpretation.getDiffusion())
                .setModel(MODEL)
                .setModelHash("")
                .build())
        .build();
  }

  /** The record that stands for the art of a picture, or for its failure. */
  public static DiffusedImage image(SpectrogramImage image) {
    DiffusionSettings asked = image.getInterpretation().getDiffusion();
    DiffusedImage.Builder reply =
        DiffusedImage.newBuilder()
            .setPlace(image.getPlace())
            .setSource(image.getSource())
            .setInterpretation(image.getInterpretation())
            .setLevel(image.getLevel())
            .setInversion(image.getInversion());
    if (image.getFailure() != null) {
      return reply.setFailure(image.getFailure()).build();
    }
    return reply
        .setPng(image.getPng())
        .setGeneration(
            Generation.newBuilder()
                .setModelId(MODEL)
                .setPrompt(asked.getPrompt())
                .setNegativePrompt(asked.getNegativePrompt())
                .setSeed(asked.getSeed())
                .build())
        .build();
  }
}
