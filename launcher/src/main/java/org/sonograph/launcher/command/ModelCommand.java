package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.engine.FolderLook;
import org.sonograph.diffusion.hub.Catalogue;
import org.sonograph.diffusion.hub.HubName;
import org.sonograph.diffusion.hub.HubSettings;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ModelPlaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Models: which there are, where they lie, and how to get more. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, downloads, adds, checks and removes models.",
      "Downloads go to the cache that Hugging Face's tools use; HF_HOME, HF_HUB_CACHE, HF_TOKEN,",
      "HF_ENDPOINT and HF_HUB_OFFLINE count."
    })
public final class ModelCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final long MEGABYTE = 1_000_000;

  private final Terminal terminal;

  @Spec CommandSpec spec;

  public ModelCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "model: list, pull, add, check, where or remove?");
  }

  /** A row of the list. */
  private record Row(
      String name, String where, long diskMb, long memoryMb, String licence, String about) {}

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists models that are here, and those of the catalogue that could be pulled.")
  int list(@Option(names = "--json", description = "As one JSON array.") boolean json) {
    List<Row> rows = rows();
    if (json) {
      ArrayNode array = JSON.createArrayNode();
      for (Row row : rows) {
        array
            .addObject()
            .put("name", row.name())
            .put("where", row.where())
            .put("diskMb", row.diskMb())
            .put("memoryMb", row.memoryMb())
            .put("licence", row.licence())
            .put("about", row.about());
      }
      terminal.data(array.toString());
    } else {
      String form = "%-44s %-9s %8s %10s  %-22s %s";
      terminal.data(form.formatted("name", "where", "disk MB", "memory MB", "licence", "about"));
      for (Row row : rows) {
        terminal.data(
            form.formatted(
                    row.name(),
                    row.where(),
                    row.diskMb() == 0 ? "" : row.diskMb(),
                    row.memoryMb() == 0 ? "" : row.memoryMb(),
                    row.licence(),
                    row.about())
                .stripTrailing());
      }
    }
    return ExitCode.OK.number();
  }

  private static List<Row> rows() {
    Catalogue catalogue = ModelPlaces.catalogue();
    List<Row> rows = new ArrayList<>();
    ModelPlaces.bundledNames().forEach(name -> rows.add(row(name, "bundled", catalogue)));
    ModelPlaces.addedNames().forEach(name -> rows.add(row(name, "added", catalogue)));
    List<HubName> cached = ModelPlaces.cache().models();
    cached.forEach(name -> rows.add(row(name.toString(), "cache", catalogue)));
    for (Catalogue.Entry entry : catalogue.models()) {
      boolean isHere = entry.source().map(cached::contains).orElse(true);
      if (!isHere) {
        rows.add(row(entry.name(), "hub", catalogue));
      }
    }
    return rows;
  }

  private static Row row(String name, String where, Catalogue catalogue) {
    Optional<Catalogue.Entry> entry = catalogue.find(name);
    long diskMb =
        where.equals("hub")
            ? entry.map(Catalogue.Entry::diskMb).orElse(0L)
            : ModelPlaces.folder(name).map(ModelCommand::megabytes).orElse(0L);
    return new Row(
        name,
        where,
        diskMb,
        entry.map(Catalogue.Entry::memoryMb).orElse(0L),
        entry.map(Catalogue.Entry::licence).orElse(""),
        entry.map(Catalogue.Entry::about).orElse(""));
  }

  private static long megabytes(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum()
          / MEGABYTE;
    } catch (IOException e) {
      return 0;
    }
  }

  @Command(
      name = "pull",
      mixinStandardHelpOptions = true,
      description = {
        "Downloads a model, or what of it is missing, and prints its folder.",
        "A download that broke off goes on where it was."
      })
  int pull(
      @Parameters(
              paramLabel = "NAME|REPO[@REVISION]",
              description = "A name from the catalogue, or OWNER/NAME on the hub.")
          String name,
      @Option(names = "--safety", description = "The model's safety checker too.") boolean safety,
      @Option(names = "--json", description = "What came, with SHA-256 sums, as JSON.")
          boolean json)
      throws InterruptedException {
    return new ModelPull(terminal, json).run(name, safety).number();
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Gives a model folder of your own a name; it stays where it is.")
  int add(
      @Parameters(paramLabel = "DIR", description = "Folder in ONNX layout.") Path folder,
      @Option(names = "--name", paramLabel = "NAME", description = "Default: the folder's name.")
          String name) {
    Path real = realFolder(folder);
    try {
      FolderLook.at(real).forEach(terminal::say);
    } catch (DiffusionException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
    }
    String called = name == null ? real.getFileName().toString() : name;
    boolean isTaken = Files.isDirectory(BundledModels.folder().resolve(called));
    if (!NAME.matcher(called).matches() || isTaken) {
      throw new IllegalArgumentException(
          "--name=%s, expected letters, digits, dots and dashes, and no bundled model's name"
              .formatted(called));
    }
    Path link = ModelPlaces.added().resolve(called);
    try {
      Files.createDirectories(link.getParent());
      if (Files.isSymbolicLink(link)) {
        Files.delete(link);
      }
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      throw new CommandFailure(
          ExitCode.CANNOT_WRITE, link + ": cannot be written (" + e.getMessage() + ")", e);
    }
    terminal.data(called);
    return ExitCode.OK.number();
  }

  private static Path realFolder(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.NO_INPUT, folder + ": no such folder", e);
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Loads a model, paints one step with it, and says in words what is wrong.",
        "Files from the hub's cache are held against their checksums too."
      })
  int check(
      @Parameters(paramLabel = "DIR|NAME|REPO", description = "A folder, or what it is called.")
          String name,
      @Option(names = "--json", description = "As JSON.") boolean json)
      throws InterruptedException {
    return new ModelCheck(terminal, json).run(name, found(name)).number();
  }

  @Command(
      name = "where",
      mixinStandardHelpOptions = true,
      description = "Prints the folder of a model, or of each place where models are looked for.")
  int where(
      @Parameters(arity = "0..1", paramLabel = "NAME|REPO", description = "A model.") String name,
      @Option(names = "--json", description = "As JSON.") boolean json) {
    if (name != null) {
      Path folder = found(name);
      terminal.data(json ? JSON.valueToTree(folder.toString()).toString() : folder.toString());
      return ExitCode.OK.number();
    }
    ObjectNode places = JSON.createObjectNode();
    places.put("bundled", BundledModels.folder().toString());
    places.put("added", ModelPlaces.added().toString());
    places.put("cache", HubSettings.ofProcess().cache().toString());
    if (json) {
      terminal.data(places.toString());
    } else {
      places
          .properties()
          .forEach(e -> terminal.data("%-8s %s".formatted(e.getKey(), e.getValue().asText())));
    }
    return ExitCode.OK.number();
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Forgets a model that was added (its folder stays), or deletes one from the hub's cache,",
        "where other tools may use it too."
      })
  int remove(@Parameters(paramLabel = "NAME|REPO", description = "A model.") String name) {
    if (ModelPlaces.bundledNames().contains(name)) {
      throw new IllegalArgumentException(name + " comes with Sonograph and is not removed");
    }
    Path link = ModelPlaces.added().resolve(name);
    if (NAME.matcher(name).matches() && Files.isSymbolicLink(link)) {
      if (!link.toFile().delete()) {
        throw new CommandFailure(ExitCode.CANNOT_WRITE, link + ": cannot be removed");
      }
      terminal.say(name + ": forgotten; its folder stays");
      return ExitCode.OK.number();
    }
    Optional<HubName> source = ModelPlaces.catalogue().source(name);
    long freed = source.map(ModelPlaces.cache()::remove).orElse(0L);
    if (freed == 0) {
      throw notHere(name);
    }
    terminal.say("%s: removed, %d MB".formatted(source.get().repository(), freed / MEGABYTE));
    return ExitCode.OK.number();
  }

  private static Path found(String name) {
    return ModelPlaces.folder(name).orElseThrow(() -> notHere(name));
  }

  private static CommandFailure notHere(String name) {
    return new CommandFailure(
        ExitCode.NO_INPUT,
        name + ": no such model is here; ./sonograph model list shows those that are");
  }
}
