package org.sonograph.diffusion.engine;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sonograph.diffusion.DiffusionException;

/** Reads a model folder's JSON files, as Python writes them. */
final class FolderJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private FolderJson() {}

  /** A file's content, or a missing node where there is no such file. */
  static JsonNode read(Path file) {
    if (!Files.isRegularFile(file)) {
      return MissingNode.getInstance();
    }
    try {
      JsonNode node = JSON.readTree(file.toFile());
      if (!node.isObject()) {
        throw unreadable(file, "expected an object", null);
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation where = e.getLocation();
      String place =
          where == null
              ? ""
              : " (line %d, column %d)".formatted(where.getLineNr(), where.getColumnNr());
      throw unreadable(file, "no JSON: " + e.getOriginalMessage() + place, e);
    } catch (IOException e) {
      throw unreadable(file, e.getMessage(), e);
    }
  }

  private static DiffusionException unreadable(Path file, String why, Throwable cause) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL, "%s cannot be read: %s".formatted(file, why), cause);
  }
}
