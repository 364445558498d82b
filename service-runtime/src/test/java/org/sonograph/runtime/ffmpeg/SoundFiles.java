package org.sonograph.runtime.ffmpeg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sound files for tests, made in code and encoded by our own FFmpeg. */
public final class SoundFiles {
  private static final FFmpegInstall INSTALL = FFmpegInstall.locate(FFmpegSettings.defaults());

  private SoundFiles() {}

  /** A 440 Hz sine at a tenth of full scale, the same on every channel: 16-bit WAV. */
  public static Path sineWav(Path target, int sampleRateHz, int channels, long frames) {
    int frameBytes = 2 * channels;
    try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(target))) {
      ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
      head.put("RIFF".getBytes()).putInt((int) (36 + frames * frameBytes)).put("WAVE".getBytes());
      head.put("fmt ".getBytes()).putInt(16).putShort((short) 1).putShort((short) channels);
      head.putInt(sampleRateHz).putInt(sampleRateHz * frameBytes);
      head.putShort((short) frameBytes).putShort((short) 16);
      head.put("data".getBytes()).putInt((int) (frames * frameBytes));
      out.write(head.array());
      byte[] frame = new byte[frameBytes];
      for (long i = 0; i < frames; i++) {
        int value = (int) Math.round(3277 * Math.sin(2 * Math.PI * 440 * i / sampleRateHz));
        for (int c = 0; c < channels; c++) {
          frame[2 * c] = (byte) value;
          frame[2 * c + 1] = (byte) (value >> 8);
        }
        out.write(frame);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Turns a WAV file into another by any of FFmpeg's output options; the target names the format.
   */
  public static Path encoded(Path wav, Path target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-i", wav.toString()));
    arguments.addAll(Arrays.asList(options));
    return made(target, arguments.toArray(String[]::new));
  }

  /** Anything FFmpeg can make. */
  public static Path made(Path target, String... arguments) {
    List<String> command = new ArrayList<>(List.of(INSTALL.ffmpeg().toString(), "-v", "error"));
    command.addAll(List.of("-nostdin", "-y"));
    command.addAll(Arrays.asList(arguments));
    command.add(target.toString());
    try {
      ProcessBuilder builder = INSTALL.prepare(new ProcessBuilder(command));
      int exitCode =
          builder.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException("exit code " + exitCode + " from " + command);
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first part of a file. */
  public static Path cut(Path file, Path target, double part) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return Files.write(target, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
