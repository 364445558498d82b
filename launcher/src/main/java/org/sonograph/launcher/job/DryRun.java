package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a run would make.
 *
 * @param plan what is to be done
 * @param estimate what it costs
 * @param problems inputs of which nothing can be made
 * @param hourlyPrice what an hour costs, of all workers together, in whatever money
 */
public record DryRun(JobPlan plan, Estimate estimate, int problems, OptionalDouble hourlyPrice) {
  private static final double SECONDS_AN_HOUR = 3600;

  /** Sound to be reinterpreted, h, as the files claim. */
  private double hours() {
    return plan.takes().stream().mapToDouble(t -> t.source().probe().declaredSeconds()).sum()
        / SECONDS_AN_HOUR;
  }

  private OptionalDouble cost() {
    return hourlyPrice.isEmpty()
        ? hourlyPrice
        : OptionalDouble.of(hourlyPrice.getAsDouble() * estimate.seconds() / SECONDS_AN_HOUR);
  }

  /** Lines for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    Collections.addAll(
        lines,
        "takes     %d to make, %d complete already, %d inputs unusable"
            .formatted(plan.takes().size(), plan.finished().size(), problems),
        hours() < 1
            ? "sound     %.1f min".formatted(60 * hours())
            : "sound     %.2f h".formatted(hours()),
        "pictures  %d".formatted(estimate.pictures()),
        "space     %s of results, up to %s beside them while it runs"
            .formatted(
                Estimate.megabytes(estimate.keptBytes()), Estimate.megabytes(estimate.workBytes())),
        "time      about %s (%s)"
            .formatted(
                Estimate.duration(estimate.seconds()),
                estimate.isMeasured() ? "as measured here" : "by the size of the model"));
    cost().ifPresent(cost -> lines.add("cost      about %.2f".formatted(cost)));
    return lines;
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
    cost().ifPresent(cost -> root.put("cost", cost));
    return root.toString();
  }
}
