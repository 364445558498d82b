package org.sonograph.diffusion.engine;

import java.util.List;
import java.util.stream.Stream;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.PromptReading;
import org.sonograph.diffusion.PromptSyntax;

/** From the prompts of a request to what the U-Net attends to. Not thread-safe. */
final class Prompts {

  private final TextEncoder encoder;

  Prompts(TextEncoder encoder) {
    this.encoder = encoder;
  }

  /**
   * Encodes a request's prompts, all filled to one length.
   *
   * @param isGuided whether the negative prompt counts
   * @param told what a distilled model is told of the guidance
   */
  Canvas.Words words(DiffusionRequest request, boolean isGuided, float[] told) {
    PromptReading reading = request.options().reading();
    PromptSyntax syntax = reading.syntax();
    boolean blends = reading.share() > 0;
    List<String> all =
        Stream.of(
                List.of(request.prompt()),
                blends ? List.of(reading.next()) : List.<String>of(),
                isGuided ? List.of(request.negativePrompt()) : List.<String>of())
            .flatMap(List::stream)
            .toList();
    int pieces = all.stream().mapToInt(text -> encoder.pieces(text, syntax)).max().orElse(1);
    Embedding prompt = encoder.encode(request.prompt(), syntax, pieces);
    if (blends) {
      prompt = prompt.toward(encoder.encode(reading.next(), syntax, pieces), reading.share());
    }
    Embedding negative =
        isGuided ? encoder.encode(request.negativePrompt(), syntax, pieces) : prompt;
    return new Canvas.Words(negative, prompt, isGuided, told);
  }
}
