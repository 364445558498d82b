package org.sonograph.diffusion.worker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.ModelInfo;
import org.sonograph.diffusion.Recipe;
import org.sonograph.signal.picture.Picture;

/**
 * What decides the samples of a picture: two requests with one key have one result.
 *
 * @param sha256 over model, recipe and samples, in hex
 */
record RecipeKey(String sha256) {

  static RecipeKey of(ModelInfo model, DiffusionRequest request) {
    Picture picture = request.picture();
    // every part is told apart from its neighbours by its length
    StringBuilder recipe = new StringBuilder();
    for (Object part :
        new Object[] {
          model.id(),
          model.sha256(),
          request.prompt(),
          request.negativePrompt(),
          request.strength(),
          request.guidance(),
          request.steps(),
          request.scheduler(),
          request.noise(),
          request.options().reading(),
          request.options().tuning(),
          request.options().edges(),
          request.options().safety(),
          request.options().mask().map(Recipe::hash).orElse(""),
          picture.width(),
          picture.height(),
          picture.channels()
        }) {
      String text = part.toString();
      recipe.append(text.length()).append(':').append(text);
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(recipe.toString().getBytes(StandardCharsets.UTF_8));
      digest.update(picture.samples());
      return new RecipeKey(HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
