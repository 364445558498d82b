package org.sonograph.diffusion.noise;

/**
 * MT19937 (Matsumoto and Nishimura, 1998) with its 32-bit initialisation, as PyTorch's CPU
 * generator uses it.
 */
final class MersenneTwister {

  private static final int N = 624;
  private static final int M = 397;

  private final int[] state = new int[N];
  private int next = N;

  MersenneTwister(long seed) {
    seed(seed);
  }

  /** Starts anew; only the lower 32 bits of the seed count, in PyTorch too. */
  void seed(long seed) {
    next = N;
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** The next 32 random bits. */
  int next32() {
    if (next == N) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return y ^ (y >>> 18);
  }

  /** Uniform in [0, 1), a multiple of 2^-24: torch's float. */
  float nextFloat() {
    return (next32() & 0xffffff) * 0x1p-24f;
  }

  /** Uniform in [0, 1), a multiple of 2^-53, made of two draws, high half first: torch's double. */
  double nextDouble() {
    long high = next32();
    long low = next32() & 0xffffffffL;
    return ((high << 32 | low) & ((1L << 53) - 1)) * 0x1p-53;
  }

  private void twist() {
    for (int i = 0; i < N; i++) {
      int y = (state[i] & 0x80000000) | (state[(i + 1) % N] & 0x7fffffff);
      state[i] = state[(i + M) % N] ^ (y >>> 1) ^ (-(y & 1) & 0x9908b0df);
    }
    next = 0;
  }
}
