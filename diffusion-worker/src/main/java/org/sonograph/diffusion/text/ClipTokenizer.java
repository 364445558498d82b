package org.sonograph.diffusion.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sonograph.diffusion.DiffusionException;

/**
 * Writes CLIP's byte-pair tokenizer as {@code tokenizer.json}, for folders that have only its
 * vocabulary and merges: what transformers makes of them when it loads such a folder.
 *
 * @param begin token before a prompt
 * @param end token after a prompt
 * @param unknown token for what the vocabulary lacks
 */
record ClipTokenizer(String begin, String end, String unknown) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Contractions, runs of letters, single digits, runs of anything else. */
  private static final String WORDS =
      "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

  byte[] json(JsonNode vocabulary, List<String> merges) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", "1.0").putNull("truncation").putNull("padding");
    ArrayNode added = root.putArray("added_tokens");
    Set<String> special = new LinkedHashSet<>(List.of(begin, end, unknown));
    for (String token : special) {
      added
          .addObject()
          .put("id", id(vocabulary, token))
          .put("content", token)
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", true)
          .put("special", true);
    }
    root.set("normalizer", normalizer());
    root.set("pre_tokenizer", preTokenizer());
    ObjectNode post = root.putObject("post_processor").put("type", "RobertaProcessing");
    post.putArray("sep").add(end).add(id(vocabulary, end));
    post.putArray("cls").add(begin).add(id(vocabulary, begin));
    post.put("trim_offsets", false).put("add_prefix_space", false);
    root.set("decoder", byteLevel());
    root.set("model", model(vocabulary, merges));
    return JSON.writeValueAsBytes(root);
  }

  private static ObjectNode normalizer() {
    ObjectNode normalizer = JSON.createObjectNode().put("type", "Sequence");
    ArrayNode steps = normalizer.putArray("normalizers");
    steps.addObject().put("type", "NFC");
    ObjectNode spaces = steps.addObject().put("type", "Replace").put("content", " ");
    spaces.putObject("pattern").put("Regex", "\\s+");
    steps.addObject().put("type", "Lowercase");
    return normalizer;
  }

  private static ObjectNode preTokenizer() {
    ObjectNode preTokenizer = JSON.createObjectNode().put("type", "Sequence");
    ArrayNode steps = preTokenizer.putArray("pretokenizers");
    ObjectNode split = steps.addObject().put("type", "Split");
    split.putObject("pattern").put("Regex", WORDS);
    split.put("behavior", "Removed").put("invert", true);
    steps.add(byteLevel());
    return preTokenizer;
  }

  private static ObjectNode byteLevel() {
    return JSON.createObjectNode()
        .put("type", "ByteLevel")
        .put("add_prefix_space", false)
        .put("trim_offsets", true)
        .put("use_regex", true);
  }

  private ObjectNode model(JsonNode vocabulary, List<String> merges) {
    ObjectNode model = JSON.createObjectNode().put("type", "BPE").putNull("dropout");
    model
        .put("unk_token", unknown)
        .put("continuing_subword_prefix", "")
        .put("end_of_word_suffix", "</w>")
        .put("fuse_unk", false)
        .put("byte_fallback", false);
    model.set("vocab", vocabulary);
    ArrayNode rules = model.putArray("merges");
    merges.forEach(rules::add);
    return model;
  }

  private static long id(JsonNode vocabulary, String token) {
    JsonNode id = vocabulary.path(token);
    if (!id.isNumber()) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "vocab.json lacks the special token %s".formatted(token));
    }
    return id.asLong();
  }
}
