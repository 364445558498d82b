package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.sonograph.diffusion.hub.Catalogue;
import org.sonograph.diffusion.hub.HubException;
import org.sonograph.diffusion.hub.HubName;
import org.sonograph.diffusion.hub.HubPull;
import org.sonograph.diffusion.hub.HubSettings;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.ModelPlaces;

/** Downloads one model. */
final class ModelPull implements HubPull.Listener {
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;
  private final boolean json;
  private Optional<Catalogue.Entry> entry = Optional.empty();
  private HubPull.Plan plan;

  ModelPull(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  ExitCode run(String name, boolean safety) throws InterruptedException {
    Catalogue catalogue = ModelPlaces.catalogue();
    entry = catalogue.find(name);
    HubName source =
        catalogue
            .source(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        entry.isPresent()
                            ? name + " comes with Sonograph; there is nothing to pull"
                            : name
                                + ": expected a name that ./sonograph model list shows, or"
                                + " OWNER/NAME[@REVISION]"));
    if (entry.isPresent() && entry.get().aliases().contains(name.replaceFirst("@.*$", ""))) {
      terminal.say("%s is taken as %s, its successor".formatted(name, source.repository()));
    }
    try {
      HubPull.Result result = new HubPull(HubSettings.ofProcess()).pull(source, safety, this);
      terminal.status(List.of());
      terminal.data(json ? json(result) : result.folder().toString());
      return ExitCode.OK;
    } catch (HubException e) {
      throw new CommandFailure(code(e.kind()), e.getMessage(), e);
    }
  }

  private static ExitCode code(HubException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> ExitCode.NO_INPUT;
      case FORBIDDEN, UNREACHABLE -> ExitCode.UNAVAILABLE;
      case DAMAGED, UNSUITABLE -> ExitCode.BAD_INPUT;
      case CANNOT_WRITE -> ExitCode.CANNOT_WRITE;
    };
  }

  @Override
  public void onFound(HubPull.Plan found) {
    plan = found;
    if (found.here() == found.bytes()) {
      terminal.say(found.name() + ": all of it is here");
      return;
    }
    String licence = entry.map(Catalogue.Entry::licence).orElse(found.licence());
    String url = entry.map(Catalogue.Entry::licenceUrl).orElse("");
    if (found.here() == 0) {
      terminal.say(
          "licence of %s: %s%s"
              .formatted(
                  found.name(),
                  licence.isEmpty() ? "not stated" : licence,
                  url.isEmpty() ? "" : " (" + url + ")"));
    }
    terminal.say(
        "%d MB to download%s%s"
            .formatted(
                (found.bytes() - found.here() + MEGABYTE - 1) / MEGABYTE,
                found.here() > 0 ? ", going on after " + found.here() / MEGABYTE + " MB" : "",
                entry
                    .filter(e -> e.memoryMb() > 0)
                    .map(e -> "; painting takes about " + e.memoryMb() + " MB of memory")
                    .orElse("")));
  }

  @Override
  public void onBytes(long here) {
    terminal.status(List.of("%d of %d MB".formatted(here / MEGABYTE, plan.bytes() / MEGABYTE)));
  }

  private static String json(HubPull.Result result) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("repository", result.plan().name().repository());
    node.put("revision", result.plan().name().revision());
    node.put("commit", result.plan().commit());
    node.put("licence", result.plan().licence());
    node.put("folder", result.folder().toString());
    ArrayNode files = node.putArray("files");
    result
        .files()
        .forEach(
            file ->
                files
                    .addObject()
                    .put("name", file.name())
                    .put("bytes", file.bytes())
                    .put("sha256", file.sha256()));
    return node.toString();
  }
}
