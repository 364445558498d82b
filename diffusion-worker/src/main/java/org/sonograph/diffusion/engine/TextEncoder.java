package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.PromptSyntax;
import org.sonograph.diffusion.text.PromptTokenizer;
import org.sonograph.diffusion.text.TokenizerFiles;
import org.sonograph.diffusion.text.Tokens;
import org.sonograph.diffusion.text.WeightedText;

/**
 * Turns prompts into the states that the U-Net attends to, one prompt at a time, and remembers the
 * latest ones. Not thread-safe.
 */
final class TextEncoder implements Opened.Part {

  private static final int REMEMBERED = 256;
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";

  private final Graph graph;
  private final PromptTokenizer tokenizer;
  private final Map<Read, Embedding> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Read, Embedding> eldest) {
          return size() > REMEMBERED;
        }
      };

  TextEncoder(ModelFolder folder, Sessions sessions) {
    graph = new Graph(folder.graph("text_encoder"), Graph.Use.ONCE_A_PICTURE, sessions);
    try {
      graph.expectOnly(Set.of(IDS, MASK, TYPES));
      Path files = folder.root().resolve("tokenizer");
      int fixed = graph.input(IDS).fixed(1, folder.encoder().maxTokens());
      tokenizer = new PromptTokenizer(TokenizerFiles.read(files, fixed), folder.encoder().clip());
    } catch (DiffusionException e) {
      graph.close();
      throw e;
    }
  }

  /** A prompt, how it is read, and how many pieces of the encoder's length it fills at least. */
  private record Read(String prompt, PromptSyntax syntax, int pieces) {}

  /** Reads a prompt literally, cut at the encoder's length. */
  Embedding encode(String prompt) {
    return encode(prompt, PromptSyntax.PLAIN, 1);
  }

  /**
   * Reads a prompt.
   *
   * @param pieces pieces of the encoder's length to fill at least, so that prompts which are
   *     weighed against each other are of one length
   */
  Embedding encode(String prompt, PromptSyntax syntax, int pieces) {
    Read read = new Read(prompt, syntax, pieces);
    Embedding known = remembered.get(read);
    if (known == null) {
      known =
          syntax == PromptSyntax.PLAIN
              ? run(tokenizer.encode(prompt))
              : weighed(tokens(read), pieces);
      remembered.put(read, known);
    }
    return known;
  }

  /** Pieces of the encoder's length that a prompt takes. */
  int pieces(String prompt, PromptSyntax syntax) {
    if (!syntax.isLong()) {
      return 1;
    }
    int tokens = tokens(new Read(prompt, syntax, 1)).ids().length;
    return Math.max(1, Math.ceilDiv(tokens, tokenizer.capacity()));
  }

  /** Tokens without the encoder's own, and the emphasis of each. */
  private record Weighed(long[] ids, float[] weights, boolean cut) {}

  private Weighed tokens(Read read) {
    List<WeightedText> stretches =
        read.syntax().hasWeights()
            ? WeightedText.parse(read.prompt())
            : List.of(new WeightedText(read.prompt(), 1));
    LongStream.Builder ids = LongStream.builder();
    List<Float> weights = new ArrayList<>();
    for (WeightedText stretch : stretches) {
      for (long id : tokenizer.stretch(stretch.text())) {
        ids.add(id);
        weights.add((float) stretch.weight());
      }
    }
    long[] all = ids.build().toArray();
    int most = read.syntax().isLong() ? all.length : Math.min(all.length, tokenizer.capacity());
    float[] kept = new float[most];
    for (int i = 0; i < most; i++) {
      kept[i] = weights.get(i);
    }
    return new Weighed(Arrays.copyOf(all, most), kept, most < all.length);
  }

  /** Encodes piece by piece, weighs each token's states, and gives the whole its mean back. */
  private Embedding weighed(Weighed tokens, int pieces) {
    int capacity = tokenizer.capacity();
    List<Embedding> parts = new ArrayList<>();
    List<float[]> factors = new ArrayList<>();
    for (int i = 0; i < pieces || i * capacity < tokens.ids().length; i++) {
      int from = Math.min(i * capacity, tokens.ids().length);
      int to = Math.min(from + capacity, tokens.ids().length);
      Embedding part = run(tokenizer.framed(Arrays.copyOfRange(tokens.ids(), from, to), false));
      float[] factor = new float[part.tokens()];
      Arrays.fill(factor, 1);
      System.arraycopy(tokens.weights(), from, factor, 1, to - from);
      parts.add(part);
      factors.add(factor);
    }
    return Embedding.joined(parts, tokens.cut()).weighed(Embedding.joined(factors));
  }

  private Embedding run(Tokens tokens) {
    Port out = graph.output("last_hidden_state", "token_embeddings");
    int hidden = out.fixed(2, 0);
    if (hidden == 0) {
      throw new DiffusionException(
          DiffusionException.Reason.MODEL,
          "the text encoder gives out %s, expected [batch, tokens, fixed size]".formatted(out));
    }
    try (HostTensor ids = whole(IDS, tokens.ids());
        HostTensor mask = whole(MASK, tokens.attention());
        HostTensor types = whole(TYPES, tokens.types());
        HostTensor states = new HostTensor(out.type(), 1, tokens.length(), hidden)) {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      inputs.put(IDS, ids.tensor());
      inputs.put(MASK, mask.tensor());
      inputs.put(TYPES, types.tensor());
      inputs.keySet().retainAll(graph.inputs().keySet());
      graph.run(inputs, Map.of(out.name(), states.tensor()));
      float[] values = new float[tokens.length() * hidden];
      states.get(0, values);
      return new Embedding(values, tokens.length(), tokens.cut());
    }
  }

  private HostTensor whole(String name, long[] values) {
    Port port = graph.inputs().getOrDefault(name, graph.input(IDS));
    HostTensor tensor = new HostTensor(port.type(), 1, values.length);
    tensor.put(values);
    return tensor;
  }

  @Override
  public void close() {
    tokenizer.close();
    graph.close();
  }
}
