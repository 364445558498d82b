package org.sonograph.launcher.watch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;

/** The state of the pipeline as a program reads it. */
public final class WatchJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private WatchJson() {}

  /** One look; rates are those since the one before. */
  public static ObjectNode of(PipelineState before, PipelineState now, ZoneId zone) {
    Verdict verdict = Verdict.of(now, zone);
    ObjectNode root = JSON.createObjectNode();
    root.put("timeMs", now.timeMs());
    root.put("ok", verdict.ok());
    root.put("verdict", verdict.text());
    ArrayNode stages = root.putArray("stages");
    now.stages().forEach(stage -> stages.add(of(stage, before, now)));
    ArrayNode workers = root.putArray("workers");
    now.stage(PipelineState.DIFFUSION).processes().forEach(workers::add);
    root.put("secondsAChunk", now.secondsAChunk());
    now.paintedPerSecond().ifPresent(rate -> root.put("paintedPerSecond", rate));
    now.etaSeconds().ifPresent(eta -> root.put("etaSeconds", eta));
    PipelineState.News news = now.news();
    root.put("openTakes", news.openTakes());
    root.put("closedTakes", news.closedTakes());
    root.put("failedRecordsLastDay", news.failedRecords());
    root.put("deadLettersLastDay", news.deadLetters());
    return root;
  }

  private static ObjectNode of(PipelineState.Stage stage, PipelineState before, PipelineState now) {
    Rates rates = Rates.of(stage.name(), before, now);
    ObjectNode node = JSON.createObjectNode();
    node.put("stage", stage.name());
    node.put("waiting", stage.waiting());
    rates.in().ifPresent(rate -> node.put("inPerSecond", rate));
    rates.out().ifPresent(rate -> node.put("outPerSecond", rate));
    node.put("processes", stage.processes().size());
    return node;
  }
}
