package org.sonograph.diffusion.worker;

import java.util.Map;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.schemas.SpectrogramImage;

/**
 * A chunk's picture as it goes to the model.
 *
 * @param image the message
 * @param request what is asked of the model
 * @param text what stood in the message's PNG beside the pixels
 * @param lease keeps the model open
 * @param key what decides the result
 */
record Sketch(
    SpectrogramImage image,
    DiffusionRequest request,
    Map<String, String> text,
    Models.Lease lease,
    RecipeKey key) {

  Diffuser diffuser() {
    return lease.diffuser();
  }
}
