package org.sonograph.launcher.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.PresetOption;
import org.sonograph.launcher.recipe.Profile;
import org.sonograph.launcher.recipe.SpectrogramOptions;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;
import org.sonograph.signal.picture.PngCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws one sound. */
@Command(
    name = "spectrogram",
    mixinStandardHelpOptions = true,
    description = {
      "Draws one sound as one picture, without a broker.",
      "The picture says how it was made, so that ./sonograph decode can read it again."
    })
public final class SpectrogramCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "IN", description = "The sound file.")
  Path in;

  @Parameters(index = "1", paramLabel = "OUT.png", description = "The picture to write.")
  Path out;

  @Mixin PresetOption preset = new PresetOption();

  @Mixin SpectrogramOptions options = new SpectrogramOptions();

  @Option(
      names = "--unresized",
      description =
          "Profile notebook: the picture before it is made 400x300, one column a frame, row 0 = 0"
              + " Hz.")
  boolean unresized;

  public SpectrogramCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (unresized && options.profile() != Profile.NOTEBOOK) {
      throw new IllegalArgumentException(
          "--unresized belongs to --profile notebook; tape's picture is never resized");
    }
    options.settings();
    if (!Files.exists(in)) {
      throw new CommandFailure(ExitCode.NO_INPUT, in + ": no such file");
    }
    CommandFiles.requireWritable(out);
    try {
      WholeTrack track = WholeTrack.open(CommandFiles.ffmpeg(), in, options);
      WholeTrack.Drawn drawn = unresized ? track.unresized() : track.draw();
      CommandFiles.write(out, PngCodec.encode(drawn.picture(), drawn.texts()));
      terminal.say("%s: %dx%d".formatted(out, drawn.picture().width(), drawn.picture().height()));
    } catch (UnreadableSoundException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, e.getMessage(), e);
    }
    return ExitCode.OK.number();
  }
}
