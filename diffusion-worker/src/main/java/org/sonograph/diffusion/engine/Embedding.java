package org.sonograph.diffusion.engine;

import java.util.List;

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

  /** Several embeddings one after the other. */
  static Embedding joined(List<Embedding> parts, boolean cut) {
    float[] states = joined(parts.stream().map(Embedding::states).toList());
    return new Embedding(states, parts.stream().mapToInt(Embedding::tokens).sum(), cut);
  }

  static float[] joined(List<float[]> parts) {
    float[] whole = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  /**
   * The same with each token's states multiplied by a factor, and then all by one more, so that
   * their mean stays: emphasis moves attention and leaves the strength of the whole as it was.
   */
  Embedding weighed(float[] factors) {
    float[] weighed = states.clone();
    double before = 0;
    double after = 0;
    boolean changed = false;
    for (int i = 0; i < weighed.length; i++) {
      float factor = factors[i / hidden()];
      changed |= factor != 1;
      before += weighed[i];
      weighed[i] *= factor;
      after += weighed[i];
    }
    if (!changed) {
      return this;
    }
    float back = after == 0 ? 1 : (float) (before / after);
    for (int i = 0; i < weighed.length; i++) {
      weighed[i] *= back;
    }
    return new Embedding(weighed, tokens, cut);
  }

  /**
   * A point on the straight line to another one. Where they differ in length, the shorter one is
   * drawn out by its last token's states.
   */
  Embedding toward(Embedding other, double share) {
    int length = Math.max(tokens, other.tokens);
    float[] blended = new float[length * hidden()];
    for (int i = 0; i < blended.length; i++) {
      double from = states[drawnOut(i)];
      blended[i] = (float) (from + share * (other.states[other.drawnOut(i)] - from));
    }
    return new Embedding(blended, length, cut || other.cut);
  }

  private int drawnOut(int index) {
    return index < states.length ? index : states.length - hidden() + index % hidden();
  }
}
