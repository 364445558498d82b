package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.watch.PipelineState;
import org.sonograph.launcher.watch.SoundReader;
import org.sonograph.launcher.watch.SoundVerdict;
import org.sonograph.launcher.watch.Verdict;
import org.sonograph.runtime.SetAside;
import org.sonograph.runtime.settings.HttpConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether a running instance is well, and how far each of its stages is behind. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Says in a sentence whether all is well, and how many records wait for each stage of a"
            + " running instance; before that, whether its live streams are heard.")
public final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--json", description = "As one line of JSON.")
  boolean json;

  public StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    InstanceFile instance = instance();
    List<SoundVerdict> sound = sound(instance);
    if (!json) {
      sound.forEach(
          verdict ->
              terminal.data(
                  verdict.text() + (sound.size() > 1 ? " [" + verdict.stream() + "]" : "")));
    }
    PipelineState state = read();
    Verdict verdict = Verdict.of(state, ZoneId.systemDefault());
    if (json) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      root.put("ok", verdict.ok() && sound.stream().allMatch(SoundVerdict::ok));
      root.put("verdict", verdict.text());
      if (!sound.isEmpty()) {
        ArrayNode streams = root.putArray("sound");
        sound.forEach(
            heard ->
                streams
                    .addObject()
                    .put("stream", heard.stream())
                    .put("ok", heard.ok())
                    .put("text", heard.text()));
      }
      ArrayNode aside = root.putArray("setAside");
      setAside().forEach(path -> aside.add(path.toString()));
      root.put("bootstrap.servers", instance.bootstrapServers());
      root.put("schema.registry.url", instance.registryUrl());
      ObjectNode stages = root.putObject("lag");
      state.stages().forEach(stage -> stages.put(stage.name(), stage.waiting()));
      terminal.data(root.toString());
    } else {
      terminal.data(verdict.text());
      terminal.data("");
      terminal.data("broker    " + instance.bootstrapServers());
      if (!instance.registryUrl().isEmpty()) {
        terminal.data("registry  " + instance.registryUrl());
      }
      if (!instance.galleryUrl().isEmpty()) {
        terminal.data("gallery   " + instance.galleryUrl());
      }
      tellSetAside();
      terminal.data("");
      terminal.data("%-22s %s".formatted("stage", "records waiting"));
      state.stages().forEach(s -> terminal.data("%-22s %d".formatted(s.name(), s.waiting())));
    }
    return ExitCode.OK.number();
  }

  /** The instance; where it only starts, what was set aside is told all the same. */
  private InstanceFile instance() {
    try {
      return connection.instance();
    } catch (CommandFailure e) {
      if (!json) {
        tellSetAside();
      }
      throw e;
    }
  }

  private void tellSetAside() {
    setAside().forEach(path -> terminal.data("set aside " + path));
  }

  /** How the instance's streams are heard; a gallery that does not answer plays nothing. */
  private List<SoundVerdict> sound(InstanceFile instance) {
    if (instance.galleryUrl().isEmpty()) {
      return List.of();
    }
    Optional<String> token =
        connection.config(List.of()).getConfigMapping(HttpConfig.class).token();
    try (SoundReader reader = new SoundReader(instance.galleryUrl(), token)) {
      return reader.verdicts(ZoneId.systemDefault());
    } catch (IOException e) {
      terminal.say("the gallery at %s does not answer: %s".formatted(instance.galleryUrl(), e));
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** What torn data were set aside and are still there. */
  private List<Path> setAside() {
    try {
      return connection.folder().isPresent()
          ? SetAside.in(connection.folder().orElseThrow())
          : List.of();
    } catch (IOException e) {
      terminal.say("what was set aside cannot be listed: " + e.getMessage());
      return List.of();
    }
  }

  private PipelineState read() {
    try (Observation observation = Observation.open(connection)) {
      return observation.read();
    }
  }
}
