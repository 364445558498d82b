package org.sonograph.diffusion.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a repository make a model that can be run. */
final class HubFiles {

  /** Parts that hold a graph each. */
  static final List<String> GRAPHS = List.of("text_encoder", "unet", "vae_encoder", "vae_decoder");

  private static final List<String> BESIDE = List.of("tokenizer", "scheduler");
  private static final List<String> CHECKER = List.of("safety_checker", "feature_extractor");

  /** Plain names only, so that no name leads out of a folder. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");

  private static final Pattern OTHER_FORMS =
      Pattern.compile(".*\\.(safetensors|bin|msgpack|h5|ckpt|pt|pth|xml|gguf|tflite|md)");

  private HubFiles() {}

  /**
   * A file as the hub describes it.
   *
   * @param etag name of its blob: SHA-256 of large files, git's SHA-1 of small ones
   */
  record Remote(String name, String etag, long size) {}

  /** The names to download, of all in a repository; empty where it holds no graphs. */
  static List<String> chosen(List<String> all, boolean withChecker) {
    return prefix(all).map(prefix -> chosen(all, prefix, withChecker)).orElse(List.of());
  }

  private static Optional<String> prefix(List<String> all) {
    return Stream.of("", "onnx/")
        .filter(
            prefix -> GRAPHS.stream().allMatch(part -> all.contains(prefix + part + "/model.onnx")))
        .findFirst();
  }

  private static List<String> chosen(List<String> all, String prefix, boolean withChecker) {
    List<String> parts = new ArrayList<>(GRAPHS);
    parts.addAll(BESIDE);
    if (withChecker) {
      parts.addAll(CHECKER);
    }
    List<String> chosen = new ArrayList<>();
    for (String name : all) {
      String inside = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      int slash = inside.indexOf('/');
      boolean isPart =
          slash > 0
              && parts.contains(inside.substring(0, slash))
              && PLAIN.matcher(inside.substring(slash + 1)).matches()
              && !OTHER_FORMS.matcher(inside).matches();
      if (isPart || inside.equals("model_index.json")) {
        chosen.add(name);
      }
    }
    return chosen;
  }
}
