package org.sonograph.launcher.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.GalleryService;
import org.sonograph.gallery.page.Offer;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.launcher.embedded.LoopbackPorts;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.job.Estimate;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ModelDefaults;
import org.sonograph.launcher.recipe.ModelPlaces;
import org.sonograph.launcher.recipe.Preset;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.runtime.ServiceFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the whole chain and keeps it running. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the whole chain, with a broker and a schema registry of its own, and keeps it running"
          + " until Ctrl-C.",
      "When all is ready, DIR/sonograph.properties says where broker, registry, metrics and gallery"
          + " are."
    })
public final class UpCommand implements Callable<Integer> {
  /** The option that opens the page. */
  public static final String BROWSER = "--browser";

  private static final int USUAL_PORT = 7463;
  private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);
  private static final Duration READY_DEADLINE = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Terminal terminal;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for all its data (default: this user's own).")
  Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder that gets one folder a take (default: DATA/out).")
  Path out;

  @Option(
      names = "--model",
      paramLabel = "DIR|NAME",
      description =
          "Model the workers open first (default: the bundled one); others of the bundled ones by"
              + " request.")
  String model;

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Port of the page; 0 = a free one (default: "
              + USUAL_PORT
              + " where it is free, so that an open page finds it again, else a free one).")
  Integer port;

  @Option(
      names = BROWSER,
      description =
          "Open the page in a browser once all is ready; where a Sonograph is running on the data"
              + " folder already, open its page.")
  boolean browser;

  public UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    worker.check(terminal);
    Path folder = (data == null ? UserData.folder() : data).toAbsolutePath();
    if (browser && DataFolder.isHeld(folder)) {
      Optional<String> running = runningPage(folder);
      if (running.isPresent()) {
        terminal.say("Sonograph is running already");
        show(running.get());
        return ExitCode.OK.number();
      }
    }
    try (DataFolder held = DataFolder.hold(folder);
        Stopping stopping = new Stopping(terminal, "stopping", () -> InstanceFile.remove(folder))) {
      ServiceLogs.toFile(held.path().resolve("logs/services.log"));
      InstanceFile.remove(folder);
      terminal.say("starting, data in " + folder);
      Embedded chain = Embedded.start(plan(folder), terminal::complain);
      stopping.closeFirst(chain);
      awaitReady(chain);
      chain.instance().write(folder);
      terminal.say("ready: " + folder.resolve(InstanceFile.FILE));
      terminal.say("  broker    " + chain.instance().bootstrapServers());
      terminal.say("  registry  " + chain.instance().registryUrl());
      show(chain.instance().galleryUrl());
      terminal.say(
          "or send sound with ./sonograph ingest"
              + (data == null ? "" : " --data " + data)
              + "; stop with Ctrl-C");
      while (true) {
        chain.check();
        Thread.sleep(GLANCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.OK.number();
    }
  }

  private void show(String page) {
    boolean shown = browser && Browser.ofProcess().open(page);
    terminal.say((shown ? "opening in the browser: " : "open in a browser: ") + page);
  }

  /** The page of the one that holds the folder, once it is ready; nothing if it ends before. */
  private static Optional<String> runningPage(Path folder) throws InterruptedException {
    long until = System.nanoTime() + READY_DEADLINE.toNanos();
    while (DataFolder.isHeld(folder) && System.nanoTime() < until) {
      Optional<InstanceFile> instance = InstanceFile.read(folder);
      if (instance.isPresent()) {
        return instance.map(InstanceFile::galleryUrl);
      }
      Thread.sleep(GLANCE);
    }
    return Optional.empty();
  }

  private static void awaitReady(Embedded chain) throws InterruptedException {
    long until = System.nanoTime() + READY_DEADLINE.toNanos();
    while (!chain.isReady()) {
      chain.check();
      if (System.nanoTime() > until) {
        throw new EmbeddedException(
            "not everything was ready within "
                + READY_DEADLINE.toMinutes()
                + " minutes: "
                + chain.host().health());
      }
      Thread.sleep(GLANCE);
    }
  }

  private Embedded.Plan plan(Path folder) {
    String painter = model == null ? BundledModels.first() : ModelPlaces.resolved(model);
    Map<String, String> settings = new TreeMap<>();
    settings.put(
        "sonograph.gallery.out",
        (out == null ? folder.resolve("out") : out.toAbsolutePath()).toString());
    settings.put("sonograph.diffusion.model", painter);
    settings.put("sonograph.diffusion.models", BundledModels.folder().toString());
    worker.addTo(settings);
    settings.put("sonograph.ingest.data-dir", folder.resolve("uploads").toString());
    settings.put("sonograph.ingest.recipe", recipe(painter));
    settings.put(
        "sonograph.gallery.expected-pass-seconds",
        String.format(Locale.ROOT, "%.4f", Estimate.secondsAPass(painter)));
    settings.put("sonograph.kafka.instance-id", "up");
    settings.put("sonograph.http.port", Integer.toString(port()));
    SequencedMap<String, ServiceFactory> services = Chain.whole();
    services.put(GalleryService.NAME, GalleryService.factory(UpCommand::offers));
    return new Embedded.Plan(folder, worker.count(), LogSegments.KEPT, settings, services);
  }

  private int port() {
    if (port != null) {
      return port;
    }
    return LoopbackPorts.isFree(USUAL_PORT) ? USUAL_PORT : 0;
  }

  /** The presets, as the page offers them; one of the user's own that is damaged is left out. */
  private static List<Offer> offers() {
    Presets presets = Presets.ofUser();
    List<Offer> offers = new ArrayList<>();
    Stream.concat(Presets.bundledNames().stream(), presets.ownNames().stream())
        .distinct()
        .forEach(
            name -> {
              try {
                offers.add(offer(presets.find(name)));
              } catch (CommandFailure e) {
                LOG.warn("a preset is left out: {}", e.getMessage());
              }
            });
    return offers;
  }

  private static Offer offer(Preset preset) {
    Map<String, List<String>> options = new TreeMap<>();
    preset
        .lines()
        .forEach(
            line ->
                options
                    .computeIfAbsent(line.option().name(), name -> new ArrayList<>())
                    .add(line.option().value()));
    return new Offer(preset.name(), preset.about(), options);
  }

  /** How the model is best used where a request says nothing. */
  private static String recipe(String model) {
    ModelDefaults own = ModelDefaults.of(model, RecipeDefaults.TAPE);
    return "model=%s&strength=%s&guidance=%s&steps=%d"
        .formatted(
            URLEncoder.encode(model, StandardCharsets.UTF_8),
            own.strength(),
            own.guidance(),
            own.steps());
  }
}
