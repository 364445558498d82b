package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a run would make.
 *
 * @param plan what is to be done
 * @param estimate what it costs
 * @param problems inputs of which nothing can be made
 */
public record DryRun(JobPlan plan, Estimate estimate, int problems) {
  private static final double SECONDS_AN_HOUR = 3600;

  /** Sound to be reinterpreted, h, as the files claim. */
  private double hours() {
    return plan.takes().stream().mapToDouble(t -> t.source().probe().declaredSeconds()).sum()
        / SECONDS_AN_HOUR;
  }

  /** Lines for a person. */
  public List<String> lines() {
    return List.of(
        "takes     %d to make, %d complete already, %d inputs unusable"
            .formatted(plan.takes().size(), plan.finished().size(), problems),
        "sound     %.2f h".formatted(hours()),
        "pictures  %d".formatted(estimate.pictures()),
        "space     %s of results, up to %s beside them while it runs"
            .formatted(
                Estimate.megabytes(estimate.keptBytes()), Estimate.megabytes(estimate.workBytes())),
        "time      about %s (%s)"
            .formatted(
                Estimate.duration(estimate.seconds()),
                estimate.isMeasured() ? "as measured here" : "by the size of the model"));
  }

  /** The same for a program. */
  public String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("takes", plan.takes().size());
    root.put("complete", plan.finished().size());
    root.put("unusable", problems);
    root.put("hours", hours());
    root.put("pictures", estimate.pictures());
    root.put("resultBytes", estimate.keptBytes());
    root.put("workBytes", estimate.workBytes());
    root.put("seconds", estimate.seconds());
    root.put("measured", estimate.isMeasured());
    return root.toString();
  }
}
