package org.sonograph.diffusion.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.sonograph.diffusion.scheduler.SchedulerConfig;

/** A folder's {@code scheduler_config.json}, or what its family was trained with. */
final class SchedulerFile {

  /** Hidden size of the text encoder of Stable Diffusion 2, which was trained on velocity. */
  private static final int SECOND_FAMILY_HIDDEN = 1024;

  private SchedulerFile() {}

  static SchedulerConfig read(JsonNode config) {
    Map<String, Object> values = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      if (!entry.getKey().startsWith("_")) {
        value(entry.getValue(), entry.getKey(), values);
      }
    }
    // diffusers' Stable Diffusion pipelines put any other stated offset right when they load a
    // folder
    values.computeIfPresent("steps_offset", (key, offset) -> 1);
    return new SchedulerConfig(config.path("_class_name").asText(""), values);
  }

  /** Settings of Stable Diffusion 1 and 2, which differ in what the U-Net predicts. */
  static SchedulerConfig ofFamily(int textHidden) {
    return new SchedulerConfig(
        "PNDMScheduler",
        Map.of(
            "beta_start",
            0.00085,
            "beta_end",
            0.012,
            "beta_schedule",
            "scaled_linear",
            "num_train_timesteps",
            1000,
            "steps_offset",
            1,
            "set_alpha_to_one",
            false,
            "skip_prk_steps",
            true,
            "prediction_type",
            textHidden == SECOND_FAMILY_HIDDEN ? "v_prediction" : "epsilon"));
  }

  /** What {@link #ofFamily} takes for granted, for people. */
  static String remark(int textHidden) {
    return textHidden == SECOND_FAMILY_HIDDEN
        ? "scheduler/scheduler_config.json is missing: taken for Stable Diffusion 2 with velocity"
            + " prediction (v_prediction) and its sampler pndm; a base or turbo model needs the"
            + " file"
        : "scheduler/scheduler_config.json is missing: taken for Stable Diffusion 1 with noise"
            + " prediction (epsilon) and its sampler pndm";
  }

  private static void value(JsonNode node, String key, Map<String, Object> values) {
    switch (node.getNodeType()) {
      case NUMBER -> values.put(key, node.numberValue());
      case BOOLEAN -> values.put(key, node.booleanValue());
      case STRING -> values.put(key, node.textValue());
      case ARRAY ->
          values.put(
              key,
              StreamSupport.stream(node.spliterator(), false)
                  .filter(JsonNode::isNumber)
                  .map(JsonNode::numberValue)
                  .toList());
      default -> {
        // null and nested values mean the default
      }
    }
  }
}
