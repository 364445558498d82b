import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffuserOptions;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.signal.picture.Picture;

/**
 * Seconds a picture: the engine, and nothing but ONNX Runtime's calls of the same graphs in the same
 * sequence, in turns. Arguments: MODEL PICTURES STEPS SIDE THREADS.
 */
public final class DiffusionBenchmark {

  private static final int CELL = 8;

  /** A graph with its tensors bound once. */
  private record Bound(
      OrtSession session, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
    void run() throws Exception {
      try (OrtSession.Result result = session.run(inputs, Set.of(), outputs)) {
        if (result.size() != outputs.size()) {
          throw new IllegalStateException("outputs are missing");
        }
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    int pictures = Integer.parseInt(args[1]);
    int steps = Integer.parseInt(args[2]);
    int side = Integer.parseInt(args[3]);
    int threads = Integer.parseInt(args[4]);
    Bound encoder = bind(folder, "vae_encoder", 1, side, threads);
    Bound unet = bind(folder, "unet", 2, side, threads);
    Bound decoder = bind(folder, "vae_decoder", 1, side, threads);
    byte[] samples = new byte[3 * side * side];
    new Random(1).nextBytes(samples);
    Picture picture = Picture.rgb(side, side, samples);
    try (Diffuser diffuser =
        Diffusers.open(folder.toString(), DiffuserOptions.defaults().withThreads(threads))) {
      for (int i = -1; i < pictures; i++) {
        long start = System.nanoTime();
        encoder.run();
        for (int s = 0; s < steps; s++) {
          unet.run();
        }
        decoder.run();
        long between = System.nanoTime();
        diffuser.diffuse(
            new DiffusionRequest(
                picture, "a sea", "rain", 1, 3, steps, "euler", new NoisePlan.Torch(i + 1)));
        long end = System.nanoTime();
        if (i >= 0) {
          System.out.printf("bare\t%.4f%nengine\t%.4f%n", (between - start) / 1e9, (end - between) / 1e9);
        }
      }
    }
  }

  private static Bound bind(Path folder, String part, int batch, int side, int threads)
      throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    OrtSession session =
        environment.createSession(folder.resolve(part).resolve("model.onnx").toString(), options);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (var entry : session.getInputInfo().entrySet()) {
      TensorInfo info = (TensorInfo) entry.getValue().getInfo();
      boolean isPicture = part.equals("vae_encoder");
      inputs.put(entry.getKey(), tensor(info, shape(entry.getKey(), info, batch, isPicture ? side : side / CELL)));
    }
    Map<String, OnnxTensor> outputs = new HashMap<>();
    for (var entry : session.getOutputInfo().entrySet()) {
      TensorInfo info = (TensorInfo) entry.getValue().getInfo();
      boolean isPicture = part.equals("vae_decoder");
      outputs.put(entry.getKey(), tensor(info, shape(entry.getKey(), info, batch, isPicture ? side : side / CELL)));
      break;
    }
    return new Bound(session, inputs, outputs);
  }

  private static long[] shape(String name, TensorInfo info, int batch, int side) {
    long[] shape = info.getShape().clone();
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        shape[axis] = axis == 0 ? batch : shape.length == 3 ? 77 : side;
      }
    }
    return shape;
  }

  private static OnnxTensor tensor(TensorInfo info, long[] shape) throws Exception {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    OnnxJavaType type = info.type;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect((int) (count * type.size)).order(ByteOrder.nativeOrder());
    if (type == OnnxJavaType.FLOAT) {
      Random random = new Random(2);
      for (int i = 0; i < count; i++) {
        bytes.putFloat(4 * i, (float) random.nextGaussian());
      }
    }
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), bytes, shape, type);
  }

  private DiffusionBenchmark() {}
}
