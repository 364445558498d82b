package org.sonograph.diffusion.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sonograph.diffusion.DiffusionException;

/**
 * What a model's {@code tokenizer/} folder says.
 *
 * @param tokenizerJson the whole tokenizer in the form of Hugging Face's {@code tokenizer.json}
 * @param maxTokens most tokens the encoder reads
 * @param padId the token that fills up
 */
public record TokenizerFiles(byte[] tokenizerJson, int maxTokens, long padId) {

  /** What CLIP's tokenizer ends and fills up prompts with, unless its files say otherwise. */
  private static final String CLIP_END = "<|endoftext|>";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a folder: {@code tokenizer.json}, else {@code vocab.json} and {@code merges.txt}.
   *
   * @param encoderTokens most tokens the text encoder has positions for
   */
  public static TokenizerFiles read(Path folder, int encoderTokens) {
    try {
      JsonNode settings = optional(folder.resolve("tokenizer_config.json"));
      JsonNode map = optional(folder.resolve("special_tokens_map.json"));
      long stated = settings.path("model_max_length").asLong(encoderTokens);
      int maxTokens = (int) Math.min(stated > 0 ? stated : encoderTokens, encoderTokens);
      byte[] json = whole(folder, settings, map);
      String pad = token("pad_token", settings, map, "");
      long padId = pad.isEmpty() ? idOr0(json, CLIP_END) : id(json, pad, folder);
      return new TokenizerFiles(json, maxTokens, padId);
    } catch (IOException e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s cannot be read: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  private static byte[] whole(Path folder, JsonNode settings, JsonNode map) throws IOException {
    Path ready = folder.resolve("tokenizer.json");
    if (Files.exists(ready)) {
      return Files.readAllBytes(ready);
    }
    Path vocabulary = folder.resolve("vocab.json");
    Path merges = folder.resolve("merges.txt");
    if (!Files.exists(vocabulary) || !Files.exists(merges)) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s holds neither tokenizer.json nor vocab.json with merges.txt".formatted(folder));
    }
    List<String> rules =
        Files.readAllLines(merges, StandardCharsets.UTF_8).stream()
            .filter(line -> !line.startsWith("#version") && !line.isBlank())
            .toList();
    String end = token("eos_token", settings, map, CLIP_END);
    ClipTokenizer clip =
        new ClipTokenizer(
            token("bos_token", settings, map, "<|startoftext|>"),
            end,
            token("unk_token", settings, map, end));
    return clip.json(JSON.readTree(vocabulary.toFile()), rules);
  }

  private static JsonNode optional(Path file) throws IOException {
    return Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
  }

  /** A special token, written as a string or as an object with its content. */
  private static String token(String key, JsonNode settings, JsonNode map, String absent) {
    for (JsonNode source : List.of(settings.path(key), map.path(key))) {
      String text = source.isObject() ? source.path("content").asText("") : source.asText("");
      if (!text.isEmpty() && !source.isNull()) {
        return text;
      }
    }
    return absent;
  }

  private static long idOr0(byte[] tokenizerJson, String token) throws IOException {
    return known(tokenizerJson, token).asLong(0);
  }

  private static JsonNode known(byte[] tokenizerJson, String token) throws IOException {
    JsonNode tokenizer = JSON.readTree(tokenizerJson);
    for (JsonNode added : tokenizer.path("added_tokens")) {
      if (added.path("content").asText().equals(token)) {
        return added.path("id");
      }
    }
    return tokenizer.path("model").path("vocab").path(token);
  }

  private static long id(byte[] tokenizerJson, String token, Path folder) throws IOException {
    JsonNode known = known(tokenizerJson, token);
    if (!known.isNumber()) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "%s: pad_token=%s is not in the vocabulary".formatted(folder, token));
    }
    return known.asLong();
  }
}
