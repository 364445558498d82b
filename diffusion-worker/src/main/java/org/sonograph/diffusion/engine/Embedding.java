package org.sonograph.diffusion.engine;

/**
 * A prompt as the U-Net attends to it.
 *
 * @param states {@code [token][hidden]}, flat
 * @param tokens number of tokens
 * @param cut whether the prompt was longer than the encoder reads
 */
record Embedding(float[] states, int tokens, boolean cut) {

  /** Numbers a token has. */
  int hidden() {
    return states.length / tokens;
  }
}
