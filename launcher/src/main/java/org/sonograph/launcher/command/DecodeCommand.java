package org.sonograph.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.sonograph.decoder.PictureDecoder;
import org.sonograph.diffusion.Recipe;
import org.sonograph.diffusion.RequestOptions;
import org.sonograph.diffusion.worker.ArtText;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.launcher.recipe.Profile;
import org.sonograph.launcher.recipe.ReadingRequests;
import org.sonograph.launcher.recipe.SoundFormat;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.FFmpegSettings;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.reading.NoteReading;
import org.sonograph.signal.reading.Reading;
import org.sonograph.signal.reading.ReadingParameters;
import org.sonograph.signal.reading.ReadingRequest;
import org.sonograph.signal.reading.RgbMeanReading;
import org.sonograph.signal.reading.TrackPosition;
import org.sonograph.signal.reading.UnreadablePictureException;
import org.sonograph.signal.sound.Resampler;
import org.sonograph.signal.sound.SampleFormat;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.sound.WavCodec;
import org.sonograph.signal.spectrogram.Inversion;
import org.sonograph.signal.synthesis.MidiFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads one picture as sound. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Reads one picture as sound, without a broker.",
      "The picture says itself how it was made; one that does not needs a --profile."
    })
public final class DecodeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ART.png", description = "The picture.")
  Path art;

  @Parameters(index = "1", paramLabel = "OUT.wav", description = "The sound file to write.")
  Path out;

  @Option(
      names = "--reading",
      required = true,
      paramLabel = "NAME[:P=V,...]",
      description = "The way to hear it, and its parameters; see ./sonograph readings NAME.")
  String reading;

  @Option(
      names = "--source",
      paramLabel = "FILE",
      description =
          "The sound the picture was made from, for readings that ask for it (inverse, grain,"
              + " wavetable).")
  Path source;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Read it as a picture of this profile: ${COMPLETION-CANDIDATES}.")
  Profile profile;

  @Option(
      names = "--phase",
      paramLabel = "KIND",
      description =
          "Where phases begin: gradient, random, zero, source (default: the reading's own).")
  String phase;

  @Option(
      names = "--stretch",
      paramLabel = "X",
      description =
          "How many times as long the sound becomes (default: 1; notebook's rgb-mean: 3).")
  String stretch;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Iterations of Griffin-Lim (default: the profile's own).")
  String iterations;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of random phases.")
  String seed;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "wav (16 bit, default) or wav-f32.",
      defaultValue = "wav")
  SoundFormat format = SoundFormat.WAV;

  @Option(
      names = "--midi",
      paramLabel = "FILE.mid",
      description =
          "Also write the notes as a MIDI file, for readings that play notes (voices, bells).")
  Path midi;

  public DecodeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    SampleFormat samples =
        switch (format) {
          case WAV -> SampleFormat.S16;
          case WAV_F32 -> SampleFormat.F32;
          default ->
              throw new IllegalArgumentException(
                  "--format=" + format + ", expected wav or wav-f32");
        };
    ReadingSettings asked = withOptions(ReadingRequests.parse(reading));
    PngImage png = CommandFiles.readPng(art);
    CommandFiles.requireWritable(out);
    PictureSettings settings = PictureSettings.of(png, profile, art);
    writeNotes(asked, png, settings);
    boolean goesRound = goesRound(png, settings);
    Sound heard = read(asked, png, settings, goesRound);
    CommandFiles.write(
        out,
        goesRound
            ? WavCodec.encodeLoop(heard, samples, tags(png))
            : WavCodec.encode(heard, samples, tags(png)));
    terminal.say(
        "%s: %.2f s at %d Hz%s"
            .formatted(
                out,
                heard.length() / (double) heard.sampleRateHz(),
                heard.sampleRateHz(),
                goesRound ? ", a loop (its points are in the file)" : ""));
    return ExitCode.OK.number();
  }

  /** Whether the picture was painted so that its right edge goes on at its left. */
  private static boolean goesRound(PngImage png, PictureSettings settings) {
    return settings.inversion().profile().equals(Profile.TAPE.toString())
        && Recipe.read(png.text().getOrDefault(ArtText.GENERATION_KEY, ""))
            .filter(r -> r.asked().options().edges() == RequestOptions.Edges.JOINED)
            .isPresent();
  }

  private Sound read(
      ReadingSettings asked, PngImage png, PictureSettings settings, boolean goesRound) {
    TreeMap<String, String> parameters = new TreeMap<>(asked.getParameters());
    try {
      PictureDecoder decoder = new PictureDecoder();
      Inversion inversion = settings.inversion();
      Optional<Sound> of = sourceAt(inversion.sampleRateHz());
      if (goesRound) {
        return decoder.decodeRound(png.picture(), inversion, asked.getName(), parameters, of);
      }
      Sound sound = decoder.decode(png.picture(), inversion, asked.getName(), parameters, of);
      int length = Math.min(settings.samples().orElse(sound.length()), sound.length());
      return sound.slice(0, length);
    } catch (UnreadablePictureException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, art + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.USAGE, art + ": " + e.getMessage(), e);
    }
  }

  private void writeNotes(ReadingSettings asked, PngImage png, PictureSettings settings) {
    if (midi == null) {
      return;
    }
    if (!(ReadingRequests.named(asked.getName()) instanceof NoteReading reading)) {
      throw new IllegalArgumentException(
          "--midi=%s: reading %s has no notes, expected voices or bells"
              .formatted(midi, asked.getName()));
    }
    CommandFiles.requireWritable(midi);
    int rate = settings.inversion().sampleRateHz();
    long length = (long) settings.inversion().frames() * settings.inversion().hopSamples();
    ReadingRequest request =
        new ReadingRequest(
            png.picture(),
            settings.inversion(),
            new TrackPosition("", 0, length, rate),
            new TreeMap<>(asked.getParameters()));
    int notesRate = reading.read(request).sound().sampleRateHz();
    CommandFiles.write(
        midi, MidiFile.encode(reading.notes(request), notesRate, 0, reading.beatsAMinute(request)));
  }

  private Optional<Sound> sourceAt(int sampleRateHz) {
    if (source == null) {
      return Optional.empty();
    }
    if (!Files.isRegularFile(source)) {
      throw new CommandFailure(ExitCode.NO_INPUT, source + ": no such file (--source)");
    }
    try {
      Sound sound = FFmpeg.open(FFmpegSettings.defaults()).sound(source);
      return Optional.of(Resampler.resample(sound, sampleRateHz));
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.BAD_INPUT, source + " " + e.getMessage(), e);
    }
  }

  /** The parameters and what was given as options; an option that the reading has not is said. */
  private ReadingSettings withOptions(ReadingSettings asked) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(ReadingParameters.PHASE, phase);
    options.put(ReadingParameters.STRETCH, stretch);
    options.put(ReadingParameters.ITERATIONS, iterations);
    options.put(ReadingParameters.SEED, seed);
    options.values().removeIf(Objects::isNull);
    Reading named = ReadingRequests.named(asked.getName());
    TreeMap<String, String> parameters = new TreeMap<>(asked.getParameters());
    options.forEach(
        (name, value) -> {
          if (named.parameters().stream().anyMatch(p -> p.name().equals(name))) {
            parameters.put(name, value);
          } else {
            // this one has all of them, so that nonsense is refused all the same
            new RgbMeanReading().check(new TreeMap<>(Map.of(name, value)));
            terminal.say(
                "--%s=%s: not used, reading %s has no %s"
                    .formatted(name, value, named.name(), name));
          }
        });
    named.check(parameters);
    return ReadingSettings.newBuilder(asked).setParameters(parameters).build();
  }

  private static SequencedMap<String, String> tags(PngImage png) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("ISFT", "Sonograph");
    String parameters = png.text().get(ArtText.PARAMETERS_KEY);
    if (parameters != null) {
      tags.put("ICMT", parameters);
    }
    return tags;
  }
}
