package org.sonograph.diffusion.worker;

import java.util.List;
import java.util.Optional;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.PromptSchedule;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.SamplerTuning;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.SpectrogramImage;

/** What a message asks of its picture beyond a prompt and a strength. */
final class Asked {

  private Asked() {}

  /** What is painted in the middle of a chunk, by its schedule or its one prompt. */
  static PromptSchedule.Moment moment(SpectrogramImage image) {
    DiffusionSettings settings = image.getInterpretation().getDiffusion();
    if (settings.getPromptSchedule().isEmpty()) {
      return new PromptSchedule.Moment(settings.getPrompt(), "", 0);
    }
    double middle = image.getPlace().getStartSample() + image.getPlace().getLengthSamples() / 2.0;
    double rate = Math.max(1, image.getPlace().getSampleRateHz());
    return PromptSchedule.parse(settings.getPromptSchedule()).at(middle / rate);
  }

  static RequestOptions options(DiffusionSettings settings, PromptSchedule.Moment moment) {
    return new RequestOptions(
        new PromptReading(
            PromptSyntax.parse(settings.getPromptSyntax()), moment.next(), moment.share()),
        new SamplerTuning(settings.getEta(), settings.getGuidanceRescale(), settings.getSpacing()),
        Optional.empty(),
        settings.getLoop() ? RequestOptions.Edges.JOINED : RequestOptions.Edges.OPEN,
        settings.getSafety() ? RequestOptions.Safety.CHECKED : RequestOptions.Safety.UNCHECKED);
  }

  /** Whether the message lists seeds, which its chunks take in turn. */
  static boolean hasOwnSeeds(SpectrogramImage image) {
    return !image.getInterpretation().getDiffusion().getSeeds().isEmpty();
  }

  static long seed(SpectrogramImage image) {
    DiffusionSettings settings = image.getInterpretation().getDiffusion();
    List<Long> seeds = settings.getSeeds();
    return seeds.isEmpty()
        ? settings.getSeed()
        : seeds.get(Math.floorMod(image.getPlace().getChunk(), seeds.size()));
  }
}
