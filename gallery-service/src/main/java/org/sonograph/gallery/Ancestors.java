package org.sonograph.gallery;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.sonograph.gallery.report.RecordJson;
import org.sonograph.schemas.Generation;
import org.sonograph.schemas.SettingsHash;

/**
 * What everything in a take's folder comes from.
 *
 * @param take id of the take
 * @param source whose sound, as in the messages
 * @param interpretation what was to be done with it, as in the messages
 * @param settingsHash of the interpretation
 * @param seed first of all noise
 * @param model name and hash of what painted
 * @param format of the sounds, as {@code --format} names it
 */
record Ancestors(
    String take,
    JsonNode source,
    JsonNode interpretation,
    String settingsHash,
    long seed,
    Model model,
    String format) {

  /**
   * What painted.
   *
   * @param name its name
   * @param sha256 over its files; "" where it has none
   */
  record Model(String name, String sha256) {}

  static Ancestors of(TakeState take) {
    try {
      var diffusion = take.interpretation().getDiffusion();
      String painted = take.generation().map(Generation::getModelHash).orElse("");
      return new Ancestors(
          take.take(),
          RecordJson.tree(take.source()),
          RecordJson.tree(take.interpretation()),
          SettingsHash.of(take.interpretation()),
          diffusion.getSeed(),
          new Model(diffusion.getModel(), painted.isEmpty() ? diffusion.getModelHash() : painted),
          OutputFormat.parse(take.track().format()).option());
    } catch (IOException e) {
      throw new UncheckedIOException("a record in memory is always JSON", e);
    }
  }
}
