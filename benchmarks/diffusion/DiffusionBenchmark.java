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
    int latentSide = latentSide(folder, side);
    Bound encoder = bind(folder, "vae_encoder", 1, side, latentSide, threads);
    Bound unet = bind(folder, "unet", 2, latentSide, latentSide, threads);
    Bound decoder = bind(folder, "vae_decoder", 1, latentSide, side, threads);
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

  /** The autoencoder says how many pixels a latent stands for. */
  private static int latentSide(Path folder, int side) throws Exception {
    try (OrtSession session = open(folder, "vae_encoder", 1)) {
      var entry = session.getInputInfo().entrySet().iterator().next();
      TensorInfo info = (TensorInfo) entry.getValue().getInfo();
      OnnxTensor picture = tensor(info, shape(info, 1, side));
      try (OrtSession.Result result = session.run(Map.of(entry.getKey(), picture))) {
        long[] shape = ((OnnxTensor) result.get(0)).getInfo().getShape();
        return (int) shape[shape.length - 1];
      }
    }
  }

  private static OrtSession open(Path folder, String part, int threads) throws Exception {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    return OrtEnvironment.getEnvironment()
        .createSession(folder.resolve(part).resolve("model.onnx").toString(), options);
  }

  private static Bound bind(
      Path folder, String part, int batch, int sideIn, int sideOut, int threads) throws Exception {
    OrtSession session = open(folder, part, threads);
    Map<String, OnnxTensor> inputs = new HashMap<>();
    for (var entry : session.getInputInfo().entrySet()) {
      TensorInfo info = (TensorInfo) entry.getValue().getInfo();
      inputs.put(entry.getKey(), tensor(info, shape(info, batch, sideIn)));
    }
    Map<String, OnnxTensor> outputs = new HashMap<>();
    var first = session.getOutputInfo().entrySet().iterator().next();
    TensorInfo info = (TensorInfo) first.getValue().getInfo();
    outputs.put(first.getKey(), tensor(info, shape(info, batch, sideOut)));
    return new Bound(session, inputs, outputs);
  }

  private static long[] shape(TensorInfo info, int batch, int side) {
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
