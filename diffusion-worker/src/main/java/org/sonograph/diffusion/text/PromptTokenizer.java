package org.sonograph.diffusion.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.sonograph.diffusion.DiffusionException;

/** Cuts prompts at the encoder's length and, for encoders trained that way, fills them up to it. */
public final class PromptTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final int maxTokens;
  private final long fillId;
  private final boolean fills;

  /**
   * Opens a tokenizer.
   *
   * @param padded whether prompts are filled up to the encoder's length; an encoder trained on bare
   *     sentences gives other states for filled ones
   */
  public PromptTokenizer(TokenizerFiles files, boolean padded) {
    NativeTokenizers.prepare();
    maxTokens = files.maxTokens();
    fillId = files.padId();
    fills = padded;
    Map<String, String> options =
        Map.of(
            "addSpecialTokens", "true",
            "truncation", "true",
            "padding", "false",
            "maxLength", String.valueOf(maxTokens),
            "modelMaxLength", String.valueOf(maxTokens));
    try {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              new ByteArrayInputStream(files.tokenizerJson()), options);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "the tokenizer cannot be opened: %s (its library is unpacked into the folder that %s names, else the user's cache folder)"
              .formatted(e.getMessage(), NativeTokenizers.CACHE),
          e);
    }
  }

  /** Most tokens the encoder reads at once. */
  public int maxTokens() {
    return maxTokens;
  }

  /** Reads a prompt literally: no character has a meaning of its own. */
  public Tokens encode(String prompt) {
    Encoding encoding = tokenizer.encode(prompt);
    long[] ids = encoding.getIds();
    int used = ids.length;
    int length = fills ? maxTokens : used;
    long[] filled = Arrays.copyOf(ids, length);
    Arrays.fill(filled, used, length, fillId);
    long[] attention = new long[length];
    Arrays.fill(attention, 0, used, 1);
    return new Tokens(filled, attention, new long[length], encoding.exceedMaxLength());
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
