package org.sonograph.diffusion.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.sonograph.diffusion.DiffusionException;

/** Cuts prompts at the encoder's length and, for encoders trained that way, fills them up to it. */
public final class PromptTokenizer implements AutoCloseable {

  private final HuggingFaceTokenizer tokenizer;
  private final TokenizerFiles files;

  /** Cuts nothing; opened when it is first needed. */
  private Optional<HuggingFaceTokenizer> whole = Optional.empty();

  private final long firstId;
  private final long lastId;
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
    this.files = files;
    tokenizer = open(files, true);
    long[] none = tokenizer.encode("").getIds();
    firstId = none[0];
    lastId = none[none.length - 1];
  }

  private static HuggingFaceTokenizer open(TokenizerFiles files, boolean cut) {
    String most = String.valueOf(cut ? files.maxTokens() : Integer.MAX_VALUE);
    Map<String, String> options =
        Map.of(
            "addSpecialTokens",
            String.valueOf(cut),
            "truncation",
            String.valueOf(cut),
            "padding",
            "false",
            "maxLength",
            most,
            "modelMaxLength",
            most);
    try {
      return HuggingFaceTokenizer.newInstance(
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
    return filled(encoding.getIds(), encoding.exceedMaxLength());
  }

  /** Tokens of a stretch of text alone, however many: no first, no last one, no filling. */
  public long[] stretch(String text) {
    if (whole.isEmpty()) {
      whole = Optional.of(open(files, false));
    }
    return whole.get().encode(text, false, false).getIds();
  }

  /** Tokens that fit between the first and the last one. */
  public int capacity() {
    return maxTokens - 2;
  }

  /**
   * Puts the first and the last token around some.
   *
   * @param ids at most {@link #capacity}
   * @param cut whether there would have been more
   */
  public Tokens framed(long[] ids, boolean cut) {
    long[] framed = new long[ids.length + 2];
    framed[0] = firstId;
    System.arraycopy(ids, 0, framed, 1, ids.length);
    framed[ids.length + 1] = lastId;
    return filled(framed, cut);
  }

  private Tokens filled(long[] ids, boolean cut) {
    int used = ids.length;
    int length = fills ? maxTokens : used;
    long[] filled = Arrays.copyOf(ids, length);
    Arrays.fill(filled, used, length, fillId);
    long[] attention = new long[length];
    Arrays.fill(attention, 0, used, 1);
    return new Tokens(filled, attention, new long[length], cut);
  }

  @Override
  public void close() {
    whole.ifPresent(HuggingFaceTokenizer::close);
    tokenizer.close();
  }
}
