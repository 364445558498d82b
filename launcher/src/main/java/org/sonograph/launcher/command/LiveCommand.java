package org.sonograph.launcher.command;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.sonograph.ingest.live.StreamPlan;
import org.sonograph.ingest.recipe.Recipe;
import org.sonograph.ingest.recipe.RecipeDefaults;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.embedded.InstanceFile;
import org.sonograph.launcher.embedded.LogSegments;
import org.sonograph.launcher.embedded.ServiceLogs;
import org.sonograph.launcher.embedded.TornData;
import org.sonograph.launcher.embedded.UserData;
import org.sonograph.launcher.recipe.BundledModels;
import org.sonograph.launcher.recipe.ModelDefaults;
import org.sonograph.launcher.recipe.OptionList;
import org.sonograph.launcher.recipe.RecipeOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts the whole chain with a stream that never ends. */
@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description = {
      "Turns sound that never stops into art and back while it plays, until Ctrl-C: starts the"
          + " whole chain as up does, with one stream in it.",
      "The stream goes on when its source is lost, and takes it up again when it is back. What it"
          + " is made of can be changed while it runs: PATCH /streams/NAME."
    })
public final class LiveCommand implements Callable<Integer> {
  private static final Set<String> OF_FILES = Set.of("format", "lean");
  private static final String TURBO = "sketch-turbo";

  private final Terminal terminal;

  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "SOURCE",
      description = {
        "An audio stream's address (Icecast, SHOUTcast, any endless body, or HLS where it ends"
            + " with",
        ".m3u8; http:// or https://), card for what the machine's sound card hears, card:NAME for a",
        "certain one, by a part of its name, - for raw samples on standard input, a named pipe with",
        "such, or a folder of sounds, which are played one after the other, round and round."
      })
  String source;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "live",
      description = "What the stream is called in addresses: a-z, 0-9 and - (default: live).")
  String name = "live";

  @Option(
      names = "--delay",
      paramLabel = "SECONDS",
      description =
          "From the source to the loudspeaker (default: two chunks, 10.8 s as the pictures are by"
              + " default).")
  Double delay;

  @Option(
      names = "--when-lost",
      paramLabel = "hold|loop|fallback",
      description = {
        "What is heard while the source is lost: silence, its last two minutes round and round, or",
        "the sounds of --fallback (default: fallback where a folder is named, else loop)."
      })
  String whenLost;

  @Option(
      names = "--fallback",
      paramLabel = "DIR",
      description = "Folder of sounds that are played while the source is lost.")
  Path fallback;

  @Option(
      names = "--ladder",
      paramLabel = "LIST",
      description = {
        "Qualities below the full one, taken while sound comes too late, with commas between: half",
        "and quarter of the steps, MODEL:STEPS:STRENGTH, none (pictures that are not painted);",
        "off = always the full one (default: half,quarter,sketch-turbo:4:0.75,none)."
      })
  String ladder;

  @Option(
      names = "--allow-private",
      description = "Let the source lie in a private network, or on this machine.")
  boolean allowPrivate;

  @Option(
      names = "--allow",
      paramLabel = "HOST",
      description =
          "Let the source lie on this host, wherever that is; may be given several times.")
  List<String> allowed = new ArrayList<>();

  @Option(
      names = "--pcm-rate",
      paramLabel = "HZ",
      description = "Rate of raw samples, and of a card (default: 48000).")
  Integer pcmRate;

  @Option(
      names = "--pcm-channels",
      paramLabel = "N",
      description = "Their channels, interleaved (default: 2).")
  Integer pcmChannels;

  @Option(
      names = "--pcm-format",
      paramLabel = "NAME",
      description = "Their form: u8, s16le, s24le, s32le, f32le or f64le (default: s16le).")
  String pcmFormat;

  @Option(
      names = "--keep",
      paramLabel = "HOURS",
      defaultValue = "1",
      description =
          "How long the broker keeps what has passed, to be made again, 8 GB an hour or so;"
              + " of takes in the same data folder too (default: 1).")
  double keepHours = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder for all its data (default: this user's own).")
  Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the page and of the stream; 0 = a free one (default: as up has it).")
  Integer port;

  @Mixin ControlOptions control = new ControlOptions();

  @Mixin CardOptions card = new CardOptions();

  @Mixin WorkerOptions worker = new WorkerOptions();

  @Mixin CareOptions care = new CareOptions();

  @Mixin RetentionOptions retention = new RetentionOptions();

  @Mixin RecipeOptions recipe = new RecipeOptions();

  public LiveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    worker.check(terminal);
    Path folder = (data == null ? UserData.folder() : data).toAbsolutePath();
    // checking the stream makes messages, whose library logs
    ServiceLogs.toFile(folder.resolve("logs/services.log"));
    String painter = recipe.model();
    String stream = stream(painter);
    Map<String, String> further = new TreeMap<>(control.settings());
    further.putAll(card.settings());
    further.putAll(retention.settings());
    further.put("sonograph.ingest.streams", stream);
    ResidentChain.Wished wished =
        new ResidentChain.Wished(
            folder,
            folder.resolve("out"),
            painter,
            worker,
            port,
            further,
            TornData.Then.SET_ASIDE,
            LogSegments.keeping(kept()),
            care.wish());
    return new ResidentChain(terminal, wished).stay(this::show);
  }

  private Duration kept() {
    if (!(keepHours >= 0.1 && keepHours <= 24 * 365)) {
      throw new IllegalArgumentException(
          "--keep=%s, expected hours from 0.1 to 8760".formatted(keepHours));
    }
    return Duration.ofSeconds(Math.round(keepHours * 3600));
  }

  private void show(InstanceFile instance) {
    String at = instance.galleryUrl() + "/streams/" + name;
    terminal.say("listen to it: " + at + "/live.mp3");
    terminal.say("how it is, and what may be changed (PATCH): " + at);
    terminal.say("stop with Ctrl-C");
  }

  /** The stream as ingest-service's setting has it. */
  private String stream(String painter) {
    List<String> pairs = new ArrayList<>();
    add(pairs, "name", Optional.of(name));
    add(pairs, "source", Optional.of(place()));
    add(pairs, "delay", Optional.ofNullable(delay).map(String::valueOf));
    add(pairs, "when-lost", Optional.ofNullable(whenLost));
    add(pairs, "fallback", Optional.ofNullable(fallback).map(LiveCommand::folder));
    add(pairs, "ladder", Optional.of(ladder == null ? usualLadder() : ladder));
    add(pairs, "allow-private", Optional.of(String.valueOf(allowPrivate)));
    add(pairs, "allow", Optional.of(String.join(",", allowed)).filter(list -> !list.isEmpty()));
    add(pairs, "pcm-rate", Optional.ofNullable(pcmRate).map(String::valueOf));
    add(pairs, "pcm-channels", Optional.ofNullable(pcmChannels).map(String::valueOf));
    add(pairs, "pcm-format", Optional.ofNullable(pcmFormat));
    OptionList given = OptionList.of(spec.commandLine().getParseResult());
    for (OptionList.Given option : given.given()) {
      if (OF_FILES.contains(option.name())) {
        throw new IllegalArgumentException(
            "--" + option.name() + ": a stream makes no files; leave it out");
      }
      String value = option.name().equals("model") ? painter : option.value();
      add(pairs, option.name(), Optional.of(value));
    }
    String text = String.join("&", pairs);
    Recipe.of(StreamPlan.parse(text).recipe(), RecipeText.parse(ResidentChain.recipe(painter)));
    return text;
  }

  /** A folder or a pipe may be named from where the command is given. */
  private String place() {
    if (!StreamPlan.isPath(source)) {
      return source;
    }
    Path path = Path.of(source);
    if (!Files.exists(path)) {
      throw new CommandFailure(
          ExitCode.NO_INPUT,
          "%s is not there, expected an address (http://, https://), card or card:NAME, -, a named pipe, or a folder"
              .formatted(source));
    }
    if (Files.isRegularFile(path)) {
      throw new CommandFailure(
          ExitCode.BAD_INPUT,
          "%s is a file, which ends: name its folder, or use ./sonograph run".formatted(source));
    }
    return path.toAbsolutePath().toString();
  }

  private static String folder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(
          ExitCode.NO_INPUT, "--fallback=%s, expected a folder that is there".formatted(folder));
    }
    return folder.toAbsolutePath().toString();
  }

  private static String usualLadder() {
    boolean hasTurbo = Files.isRegularFile(BundledModels.folder(TURBO).resolve("model_index.json"));
    if (!hasTurbo) {
      return "half,quarter,none";
    }
    ModelDefaults own = ModelDefaults.of(TURBO, RecipeDefaults.TAPE);
    return "half,quarter,%s:%d:%s,none"
        .formatted(TURBO, own.steps(), String.format(Locale.ROOT, "%.2f", own.strength()));
  }

  private static void add(List<String> pairs, String name, Optional<String> value) {
    value.ifPresent(
        text -> pairs.add(name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8)));
  }
}
