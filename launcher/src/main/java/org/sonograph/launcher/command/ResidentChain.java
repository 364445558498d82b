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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.GalleryService;
import org.sonograph.gallery.page.Offer;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.care.Caretaker;
import org.sonograph.launcher.embedded.Chain;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.DataPart;
import org.sonograph.launcher.embedded.Embedded;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.launcher.embedded.LoopbackPorts;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.embedded.TornData;
import org.sonograph.launcher.embedded.TornException;
import org.sonograph.launcher.install.Pulse;
import org.sonograph.launcher.job.Estimate;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ModelDefaults;
import org.sonograph.launcher.recipe.Preset;
import org.sonograph.launcher.recipe.Presets;
import org.sonograph.launcher.watch.SelfCheck;
import org.sonograph.launcher.watch.SoundReader;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.settings.HttpConfig;
import org.sonograph.runtime.settings.Settings;

/** A chain that stays until the process is told to end: what {@code up} and {@code live} start. */
final class ResidentChain {
  static final int USUAL_PORT = 7463;
  static final Duration READY_DEADLINE = Duration.ofMinutes(5);

  /** Without workers, which may load a large model, and where nobody would end it and look. */
  private static final Duration SERVICES_DEADLINE = Duration.ofMinutes(2);

  private static final Duration GLANCE = Duration.ofMillis(250);

  private final Terminal terminal;
  private final Wished wished;

  /** The same for every life of the chain, so that listeners find it again. */
  private final int port;

  /**
   * What it is to be like.
   *
   * @param folder where all its data go
   * @param out where takes go
   * @param model what the workers open first
   * @param port port of the page; null = the usual one where it is free
   * @param further settings of its services, beside those that follow from the others
   * @param torn what is done where data cannot be opened; where they are set aside, it also begins
   *     again whenever it cannot go on
   * @param segments how long the broker keeps what has passed
   * @param care who is told what happens
   */
  record Wished(
      Path folder,
      Path out,
      String model,
      WorkerOptions worker,
      Integer port,
      Map<String, String> further,
      TornData.Then torn,
      LogSegments segments,
      Caretaker.Wish care) {
    boolean isUnattended() {
      return torn == TornData.Then.SET_ASIDE;
    }
  }

  ResidentChain(Terminal terminal, Wished wished) {
    this.terminal = terminal;
    this.wished = wished;
    this.port = port(wished);
  }

  /**
   * Starts it and keeps it running.
   *
   * @param ready hears of it once all is ready
   */
  int stay(Consumer<InstanceFile> ready) throws Exception {
    Path folder = wished.folder();
    try (DataFolder held = DataFolder.hold(folder);
        Stopping stopping = new Stopping(terminal, "stopping", () -> InstanceFile.remove(folder))) {
      ServiceLogs.toFile(held.path().resolve("logs/services.log"));
      InstanceFile.remove(folder);
      terminal.say("starting, data in " + folder);
      lookedAfter(stopping, ready);
      return ExitCode.OK.number();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.OK.number();
    }
  }

  @SuppressWarnings("try") // the two are not asked, they work beside it
  private void lookedAfter(Stopping stopping, Consumer<InstanceFile> ready) throws Exception {
    String own = "http://127.0.0.1:" + port;
    try (SelfCheck check = new SelfCheck(own, token());
        Pulse pulse = Pulse.of(System.getenv(), check::isWell);
        Caretaker caretaker =
            Caretaker.of(wished.folder(), new SoundReader(own, token()), wished.care())) {
      if (!wished.isUnattended()) {
        live(stopping, ready);
      }
      new Lives(terminal, wished.folder()).live(() -> live(stopping, ready), stopping::abandon);
    }
  }

  /** One life of the chain; ends with an exception alone. */
  private void live(Stopping stopping, Consumer<InstanceFile> ready) throws Exception {
    Path folder = wished.folder();
    Embedded chain = Embedded.start(plan(), terminal::complain);
    stopping.closeFirst(chain);
    awaitReady(chain);
    chain.instance().write(folder);
    terminal.say("ready: " + folder.resolve(InstanceFile.FILE));
    terminal.say("  broker    " + chain.instance().bootstrapServers());
    terminal.say("  registry  " + chain.instance().registryUrl());
    ready.accept(chain.instance());
    while (true) {
      look(chain);
      Thread.sleep(GLANCE);
    }
  }

  private void look(Embedded chain) {
    if (wished.isUnattended()) {
      chain.keep();
    } else {
      chain.check();
    }
  }

  private boolean isReady(Embedded chain) {
    return wished.isUnattended() ? chain.areServicesReady() : chain.isReady();
  }

  private void awaitReady(Embedded chain) throws InterruptedException {
    Duration deadline = wished.isUnattended() ? SERVICES_DEADLINE : READY_DEADLINE;
    long until = System.nanoTime() + deadline.toNanos();
    while (!isReady(chain)) {
      look(chain);
      if (System.nanoTime() > until) {
        throw new TornException(
            DataPart.BROKER,
            "not everything was ready within "
                + deadline.toMinutes()
                + " minutes: "
                + chain.host().health());
      }
      Thread.sleep(GLANCE);
    }
  }

  /** What is started, on a port of the page's own. */
  private Embedded.Plan plan() {
    Map<String, String> settings = new TreeMap<>();
    settings.put("sonograph.gallery.out", wished.out().toString());
    settings.put("sonograph.diffusion.model", wished.model());
    settings.put("sonograph.diffusion.models", BundledModels.folder().toString());
    wished.worker().addTo(settings);
    settings.put("sonograph.ingest.data-dir", wished.folder().resolve("uploads").toString());
    settings.put("sonograph.ingest.recipe", recipe(wished.model()));
    settings.put(
        "sonograph.gallery.expected-pass-seconds",
        String.format(Locale.ROOT, "%.4f", Estimate.secondsAPass(wished.model())));
    settings.put("sonograph.kafka.instance-id", "up");
    settings.put("sonograph.http.port", Integer.toString(port));
    settings.putAll(wished.further());
    SequencedMap<String, ServiceFactory> services = Chain.whole();
    services.put(GalleryService.NAME, GalleryService.factory(ResidentChain::offers));
    return new Embedded.Plan(
        wished.folder(),
        wished.worker().ports(),
        wished.segments(),
        settings,
        services,
        wished.torn());
  }

  private static Optional<String> token() {
    return Settings.load(List.of(), System.getenv(), List.of())
        .getConfigMapping(HttpConfig.class)
        .token();
  }

  private static int port(Wished wished) {
    if (wished.port() != null && wished.port() != 0) {
      return wished.port();
    }
    if (wished.port() != null) {
      return LoopbackPorts.free(1).getFirst();
    }
    return LoopbackPorts.isFree(USUAL_PORT) ? USUAL_PORT : LoopbackPorts.free(1).getFirst();
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
                // no logger before it is known where to: the first one fixes that
                LoggerFactory.getLogger(ResidentChain.class)
                    .warn("a preset is left out: {}", e.getMessage());
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
  static String recipe(String model) {
    ModelDefaults own = ModelDefaults.of(model, RecipeDefaults.TAPE);
    return "model=%s&strength=%s&guidance=%s&steps=%d"
        .formatted(
            URLEncoder.encode(model, StandardCharsets.UTF_8),
            own.strength(),
            own.guidance(),
            own.steps());
  }
}
