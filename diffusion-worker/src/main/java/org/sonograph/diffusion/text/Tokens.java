package org.sonograph.diffusion.text;

/**
 * One prompt as a text encoder reads it; all arrays are of one length.
 *
 * @param ids numbers of tokens, with the encoder's own first and last one
 * @param attention 1 where a token is part of the prompt, 0 where it fills up
 * @param types all 0: there is one sentence
 * @param cut whether the prompt was longer than the encoder reads
 */
public record Tokens(long[] ids, long[] attention, long[] types, boolean cut) {

  /** Number of tokens, filling included. */
  public int length() {
    return ids.length;
  }
}
