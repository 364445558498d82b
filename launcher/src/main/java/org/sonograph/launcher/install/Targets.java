package org.sonograph.launcher.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What of an instance Prometheus asks, in the form of its {@code file_sd_configs}.
 *
 * @param port port of the services
 * @param workerPorts ports of the workers
 */
public record Targets(int port, List<Integer> workerPorts) {
  private static final String HOST = "127.0.0.1:";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Targets {
    workerPorts = List.copyOf(workerPorts);
  }

  /** The file. */
  public String json() {
    List<Map<String, Object>> groups = new ArrayList<>();
    groups.add(group("sonograph", List.of(port)));
    groups.add(group("diffusion-worker", workerPorts));
    try {
      return JSON.writeValueAsString(groups) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> group(String job, List<Integer> ports) {
    return Map.of(
        "targets", ports.stream().map(p -> HOST + p).toList(), "labels", Map.of("job", job));
  }
}
