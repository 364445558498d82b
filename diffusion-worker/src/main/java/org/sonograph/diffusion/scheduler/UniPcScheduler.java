package org.sonograph.diffusion.scheduler;

import java.util.Arrays;
import org.sonograph.diffusion.noise.NoiseSource;

/**
 * Zhao et al. 2023, "UniPC": a multistep predictor, each of whose steps is corrected once the model
 * has been asked at its end. Clean-latents form, orders 1 to 3.
 */
final class UniPcScheduler implements Scheduler {

  private final Prediction prediction;
  private final SigmaSchedule whole;
  private final int first;
  private final int order;
  private final boolean bh1;
  private final boolean lowerOrderFinal;
  private final boolean[] isCorrected;

  /** The step that each timestep takes, and the one that corrects it; made before the first. */
  private final Move[] predictors;

  private final Move[] correctors;

  /** Clean latents predicted at earlier steps, newest first. */
  private final float[][] clean;

  private final float[] now;
  private final float[] last;

  UniPcScheduler(SchedulerConfig config, Span span) {
    config.refuse("thresholding");
    if (!config.flag("predict_x0", true)) {
      throw config.unsupported("predict_x0", "false", "true");
    }
    prediction = Prediction.of(config);
    whole = SolverSchedule.of(config.without("lambda_min_clipped"), span);
    first = span.first();
    order = config.whole("solver_order", 2);
    if (order < 1 || order > 3) {
      throw config.unsupported("solver_order", String.valueOf(order), "1, 2 or 3");
    }
    bh1 = config.text("solver_type", "bh2").equals("bh1");
    lowerOrderFinal = config.flag("lower_order_final", true);
    isCorrected = new boolean[whole.timesteps().length];
    Arrays.fill(isCorrected, true);
    for (double skipped : config.numbers("disable_corrector").orElse(new double[0])) {
      if (skipped >= 0 && skipped < isCorrected.length) {
        isCorrected[(int) skipped] = false;
      }
    }
    predictors = new Move[whole.timesteps().length];
    correctors = new Move[predictors.length];
    prepareMoves();
    clean = new float[order][span.size()];
    now = new float[span.size()];
    last = new float[span.size()];
  }

  @Override
  public double[] timesteps() {
    return Arrays.copyOfRange(whole.timesteps(), first, whole.timesteps().length);
  }

  @Override
  public void addNoise(int step, float[] latents, float[] noise) {
    double alpha = SolverSchedule.alpha(whole.sigmas()[first + step]);
    Mixing.addNoise(latents, noise, alpha * alpha);
  }

  private void prepareMoves() {
    int known = 0;
    for (int index = first; index < predictors.length; index++) {
      if (known > 0 && isCorrected[index - 1]) {
        int last = predictors[index - 1].order();
        correctors[index] =
            new Move(whole.sigmas(), index - 1, index, last, bh1).weighed(last == 1 ? 0 : last);
      }
      known = Math.min(known + 1, order);
      int left = predictors.length - index;
      int use = Math.min(lowerOrderFinal ? Math.min(order, left) : order, known);
      predictors[index] =
          new Move(whole.sigmas(), index, index + 1, use, bh1).weighed(use == 2 ? 0 : use - 1);
    }
  }

  @Override
  public void step(int step, float[] output, float[] latents, NoiseSource noise) {
    int index = first + step;
    double sigma = whole.sigmas()[index];
    double alpha = SolverSchedule.alpha(sigma);
    for (int i = 0; i < latents.length; i++) {
      now[i] = (float) prediction.clean(latents[i], output[i], alpha, sigma * alpha);
    }
    if (correctors[index] != null) {
      correct(correctors[index], latents);
    }
    float[] oldest = clean[order - 1];
    System.arraycopy(clean, 0, clean, 1, order - 1);
    clean[0] = oldest;
    System.arraycopy(now, 0, oldest, 0, now.length);
    System.arraycopy(latents, 0, last, 0, latents.length);
    predict(predictors[index], latents);
  }

  /** Moves from the latents of this step to the next one. */
  private void predict(Move move, float[] latents) {
    for (int i = 0; i < latents.length; i++) {
      double pull = 0;
      for (int k = 0; k < move.order() - 1; k++) {
        pull += move.weights[k] * (clean[k + 1][i] - clean[0][i]) / move.ratios[k];
      }
      latents[i] = move.apply(latents[i], clean[0][i], pull);
    }
  }

  /** Repeats the last step, now that the model has been asked at its end. */
  private void correct(Move move, float[] latents) {
    int end = move.order() - 1;
    for (int i = 0; i < latents.length; i++) {
      double pull = move.weights[end] * (now[i] - clean[0][i]);
      for (int k = 0; k < end; k++) {
        pull += move.weights[k] * (clean[k + 1][i] - clean[0][i]) / move.ratios[k];
      }
      latents[i] = move.apply(last[i], clean[0][i], pull);
    }
  }

  /** The coefficients of one step from level to level. */
  private static final class Move {

    private final double keep;
    private final double alpha;
    private final double phi;
    private final double b;
    private final double hh;

    /** Distances to the earlier steps over this step's own; the last is 1. */
    private final double[] ratios;

    /** What each of the differences weighs. */
    private double[] weights = {0.5};

    Move(float[] sigmas, int from, int to, int order, boolean bh1) {
      double start = SolverSchedule.lambda(sigmas[from]);
      double h = SolverSchedule.lambda(sigmas[to]) - start;
      alpha = SolverSchedule.alpha(sigmas[to]);
      keep = sigmas[to] * alpha / (sigmas[from] * SolverSchedule.alpha(sigmas[from]));
      hh = -h;
      phi = Math.expm1(hh);
      b = bh1 ? hh : phi;
      ratios = new double[order];
      for (int k = 0; k < order - 1; k++) {
        ratios[k] = (SolverSchedule.lambda(sigmas[from - 1 - k]) - start) / h;
      }
      ratios[order - 1] = 1;
    }

    int order() {
      return ratios.length;
    }

    /** The same with weights from so many conditions; 0 keeps the half that order 1 and 2 take. */
    Move weighed(int size) {
      weights = size == 0 ? weights : solved(size);
      return this;
    }

    float apply(float sample, float clean, double pull) {
      double value = keep * sample - alpha * phi * clean;
      return (float) (pull == 0 ? value : value - alpha * b * pull);
    }

    /** Solves the Vandermonde system of the first {@code size} conditions. */
    private double[] solved(int size) {
      double[][] rows = new double[size][size + 1];
      double phiK = phi / hh - 1;
      double factorial = 1;
      for (int i = 0; i < size; i++) {
        for (int k = 0; k < size; k++) {
          rows[i][k] = Math.pow(ratios[k], i);
        }
        rows[i][size] = phiK * factorial / b;
        factorial *= i + 2;
        phiK = phiK / hh - 1 / factorial;
      }
      return solve(rows);
    }

    /** Gauss-Jordan elimination; the systems are 1x1 to 3x3 and well ordered. */
    private static double[] solve(double[][] rows) {
      int size = rows.length;
      for (int p = 0; p < size; p++) {
        for (int r = 0; r < size; r++) {
          double factor = r == p ? 0 : rows[r][p] / rows[p][p];
          for (int c = p; c <= size; c++) {
            rows[r][c] -= factor * rows[p][c];
          }
        }
      }
      double[] solution = new double[size];
      for (int p = 0; p < size; p++) {
        solution[p] = rows[p][size] / rows[p][p];
      }
      return solution;
    }
  }
}
