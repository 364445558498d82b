import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.signal.picture.Picture;

/**
 * Whether pictures that share calls of the model are painted faster than one after another, on this
 * machine. Usage: {@code BatchBenchmark MODEL SIDE STEPS ROUNDS BATCH...}; the batches take turns
 * in every round.
 */
public final class BatchBenchmark {
  public static void main(String[] args) throws Exception {
    Path model = Path.of(args[0]).toAbsolutePath();
    int side = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    int rounds = Integer.parseInt(args[3]);
    int[] batches = Arrays.stream(args).skip(4).mapToInt(Integer::parseInt).toArray();
    int most = Arrays.stream(batches).max().orElseThrow();
    double[][] rates = new double[batches.length][rounds];
    try (Diffuser diffuser = Diffusers.open(model.toString(), DiffuserOptions.defaults())) {
      List<DiffusionRequest> requests = requests(most, side, steps);
      diffuser.diffuse(requests);
      for (int round = 0; round < rounds; round++) {
        for (int b = 0; b < batches.length; b++) {
          long start = System.nanoTime();
          for (int i = 0; i < most; i += batches[b]) {
            diffuser.diffuse(requests.subList(i, Math.min(most, i + batches[b])));
          }
          rates[b][round] = most / ((System.nanoTime() - start) / 1e9);
        }
      }
    }
    System.out.printf(
        "%s, %dx%d, %d steps with guidance, %d threads, %d rounds%n",
        model.getFileName(), side, side, steps, Runtime.getRuntime().availableProcessors(), rounds);
    System.out.println("batch | pictures/s, median | least | most | against batch " + batches[0]);
    double first = median(rates[0]);
    for (int b = 0; b < batches.length; b++) {
      double[] sorted = rates[b].clone();
      Arrays.sort(sorted);
      System.out.printf(
          "%5d | %18.3f | %5.3f | %5.3f | %.3f%n",
          batches[b], median(rates[b]), sorted[0], sorted[rounds - 1], median(rates[b]) / first);
    }
  }

  private static List<DiffusionRequest> requests(int count, int side, int steps) {
    List<DiffusionRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] samples = new byte[side * side];
      new Random(i).nextBytes(samples);
      requests.add(
          new DiffusionRequest(
              Picture.grey(side, side, samples),
              "drifting ink",
              "letters",
              1,
              3,
              steps,
              "euler",
              new NoisePlan.Torch(i)));
    }
    return requests;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
