package org.sonograph.diffusion.engine;

import ai.onnxruntime.OnnxTensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.text.PromptTokenizer;
import org.sonograph.diffusion.text.TokenizerFiles;
import org.sonograph.diffusion.text.Tokens;

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
  private final Map<String, Embedding> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Embedding> eldest) {
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

  Embedding encode(String prompt) {
    return remembered.computeIfAbsent(prompt, this::run);
  }

  private Embedding run(String prompt) {
    Tokens tokens = tokenizer.encode(prompt);
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
