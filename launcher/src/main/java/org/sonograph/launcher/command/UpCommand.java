package org.sonograph.launcher.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.DataFolder;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.launcher.embedded.TornData;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ModelPlaces;
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

  @Mixin CareOptions care = new CareOptions();

  @Mixin RetentionOptions retention = new RetentionOptions();

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "Port of the page; 0 = a free one (default: "
              + ResidentChain.USUAL_PORT
              + " where it is free, so that an open page finds it again, else a free one).")
  Integer port;

  @Option(
      names = "--set-aside",
      description = {
        "Where the broker's or the registry's data cannot be opened, set them aside under a dated",
        "name and begin new ones, and begin again whenever something cannot go on, as live does",
        "(default: say so and end)."
      })
  boolean setAside;

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
    ResidentChain.Wished wished =
        new ResidentChain.Wished(
            folder,
            out == null ? folder.resolve("out") : out.toAbsolutePath(),
            model == null ? BundledModels.first() : ModelPlaces.resolved(model),
            worker,
            port,
            retention.settings(),
            setAside ? TornData.Then.SET_ASIDE : TornData.Then.REFUSE,
            LogSegments.KEPT,
            care.wish());
    return new ResidentChain(terminal, wished)
        .stay(
            instance -> {
              show(instance.galleryUrl());
              terminal.say(
                  "or send sound with ./sonograph ingest"
                      + (data == null ? "" : " --data " + data)
                      + "; stop with Ctrl-C");
            });
  }

  private void show(String page) {
    boolean shown = browser && Browser.ofProcess().open(page);
    terminal.say((shown ? "opening in the browser: " : "open in a browser: ") + page);
  }

  /** The page of the one that holds the folder, once it is ready; nothing if it ends before. */
  private static Optional<String> runningPage(Path folder) throws InterruptedException {
    long until = System.nanoTime() + ResidentChain.READY_DEADLINE.toNanos();
    while (DataFolder.isHeld(folder) && System.nanoTime() < until) {
      Optional<InstanceFile> instance = InstanceFile.read(folder);
      if (instance.isPresent()) {
        return instance.map(InstanceFile::galleryUrl);
      }
      Thread.sleep(GLANCE);
    }
    return Optional.empty();
  }
}
