package org.sonograph.runtime.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.sonograph.signal.sound.Sound;

/** FFmpeg on this machine. Thread-safe; every call starts a process of its own. */
public final class FFmpeg {
  private static final int PROBE_MAX_BYTES = 4 << 20;
  private static final int TAG_MAX_CHARS = 8192;

  /** Enough to tell the container, and to find two frames of MP3 in a row. */
  private static final int STREAM_HEAD_BYTES = 4096;

  /** A stream goes on for months; decoding one for a day takes minutes. */
  private static final Duration ENDLESS_CPU = Duration.ofDays(30);

  private final FFmpegInstall install;
  private final ChildLimits limits;
  private volatile String version = "";

  private FFmpeg(FFmpegInstall install, ChildLimits limits) {
    this.install = install;
    this.limits = limits;
  }

  /**
   * Finds the executable, unpacking the bundled one the first time.
   *
   * @throws FFmpegUnavailableException when there is none that works
   */
  public static FFmpeg open(FFmpegSettings settings) {
    return new FFmpeg(FFmpegInstall.locate(settings), settings.limits());
  }

  /** Processes of this program's that were killed for a limit, since it started. */
  public static long kills() {
    return ChildProcess.kills();
  }

  /** The executable in use. */
  public Path executable() {
    return install.ffmpeg();
  }

  /** Name and version, as it says itself: {@code ffmpeg 8.1.2}. */
  public String version() {
    if (version.isEmpty()) {
      version = install.version();
    }
    return version;
  }

  /**
   * Decides the format, and reads rate, channels, length and tags without decoding.
   *
   * @throws UnreadableSoundException when the file is no sound; its message ends "NAME ..."
   */
  public Probe probe(Path file) throws IOException {
    Container container = container(file);
    return ProbeReader.read(container, probed(file, container));
  }

  /** Codecs, size and lengths of the first video and the first audio stream of a film. */
  public FilmStreams streams(Path file) throws IOException {
    return ProbeReader.film(probed(file, container(file)));
  }

  private byte[] probed(Path file, Container container) throws IOException {
    List<String> command = new ArrayList<>(List.of(install.ffprobe().toString()));
    command.addAll(List.of("-hide_banner", "-v", "error"));
    command.addAll(inputOptions(container));
    command.addAll(List.of("-show_streams", "-show_format", "-of", "json", "-i", "fd:"));
    try (ChildProcess child = ChildProcess.reading(install, command, file, limits)) {
      byte[] json = readAll(child);
      Optional<String> failure = child.failure();
      if (failure.isPresent()) {
        throw new UnreadableSoundException(failure.get());
      }
      return json;
    }
  }

  /** Starts decoding the first audio stream; pictures and films beside it are ignored. */
  public Decoding decode(Path file, Probe probe) throws IOException {
    List<String> command = new ArrayList<>(List.of(install.ffmpeg().toString()));
    command.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
    command.addAll(inputOptions(probe.container()));
    command.addAll(List.of("-vn", "-sn", "-dn", "-threads", "1", "-i", "fd:"));
    command.addAll(List.of("-map", "0:a:0", "-map_metadata", "-1", "-bitexact"));
    command.addAll(List.of("-c:a", "pcm_f32le", "-f", "wav", "pipe:1"));
    return new Decoding(file, probe, ChildProcess.reading(install, command, file, limits));
  }

  /**
   * Starts decoding sound that comes without an end.
   *
   * @param bytes read by a thread of its own; the caller closes it
   * @throws UnreadableSoundException when it is no sound; its message ends "NAME ..."
   */
  public StreamDecoding stream(InputStream bytes) throws IOException {
    byte[] head = bytes.readNBytes(STREAM_HEAD_BYTES);
    Container container =
        switch (ContainerSniffer.sniff(head)) {
          case Sniffed.Known known -> known.container();
          case Sniffed.Refused refused ->
              throw new UnreadableSoundException("is " + refused.what());
        };
    List<String> command = new ArrayList<>(List.of(install.ffmpeg().toString()));
    command.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
    command.addAll(List.of("-fflags", "nobuffer", "-probesize", "32768"));
    command.addAll(List.of("-analyzeduration", "500000"));
    command.addAll(inputOptions(container));
    command.addAll(List.of("-vn", "-sn", "-dn", "-threads", "1", "-i", "fd:"));
    command.addAll(List.of("-map", "0:a:0", "-map_metadata", "-1", "-bitexact"));
    command.addAll(List.of("-c:a", "pcm_f32le", "-flush_packets", "1", "-f", "wav", "pipe:1"));
    ChildLimits endless = new ChildLimits(ENDLESS_CPU, limits.memoryBytes(), limits.silence());
    return new StreamDecoding(ChildProcess.piped(install, command, endless), head, bytes);
  }

  /** All sound of a file that fits the memory, at its own rate. */
  public Sound sound(Path file) throws IOException {
    try (Decoding decoding = decode(file, probe(file))) {
      return ChunkFlac.all(decoding);
    }
  }

  /**
   * Encodes a WAV or RF64 file. The target appears complete or not at all.
   *
   * @param tags written as they are; names such as title, artist, copyright, comment are translated
   *     to the format's own
   */
  public void encode(Path wav, Path target, EncodedFormat format, SequencedMap<String, String> tags)
      throws IOException {
    encode(wav, target, format, tags, Optional.empty());
  }

  /**
   * The same with a picture in the file.
   *
   * @param cover a JPEG of at most 90 kB
   */
  public void encode(
      Path wav,
      Path target,
      EncodedFormat format,
      SequencedMap<String, String> tags,
      Optional<byte[]> cover)
      throws IOException {
    try (CoverPicture picture = CoverPicture.of(cover, format)) {
      encode(wav, target, format, tags, picture);
    }
  }

  private void encode(
      Path wav,
      Path target,
      EncodedFormat format,
      SequencedMap<String, String> tags,
      CoverPicture cover)
      throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    List<String> command = new ArrayList<>(List.of(install.ffmpeg().toString()));
    command.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
    command.addAll(inputOptions(Container.WAV));
    command.addAll(List.of("-i", "fd:"));
    command.addAll(cover.input());
    command.addAll(List.of("-map", "0:a:0", "-map_metadata", "-1"));
    command.addAll(metadata(tags));
    command.addAll(format.codec());
    command.addAll(cover.output());
    command.addAll(List.of("-f", format.muxer(), "-y", "-fd", "1", "fd:"));
    try (ChildProcess child = ChildProcess.writing(install, command, wav, partial, limits)) {
      Optional<String> failure = child.failure(limits.cpu());
      if (failure.isPresent()) {
        throw new IOException("encoding " + target.getFileName() + ": it " + failure.get());
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Starts an encoder of sound that never ends. */
  public LiveEncoder live(LiveFormat format, int sampleRateHz, int channels) throws IOException {
    List<String> command = new ArrayList<>(List.of(install.ffmpeg().toString()));
    command.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
    command.addAll(List.of("-protocol_whitelist", "fd", "-probesize", "32", "-f", "f32le"));
    command.addAll(List.of("-ar", Integer.toString(sampleRateHz)));
    command.addAll(List.of("-ac", Integer.toString(channels), "-fd", "0", "-i", "fd:"));
    command.addAll(List.of("-threads", "1", "-map_metadata", "-1"));
    command.addAll(format.options());
    command.addAll(List.of("-flush_packets", "1", "pipe:1"));
    ChildLimits endless = new ChildLimits(LiveEncoder.CPU, limits.memoryBytes(), limits.silence());
    return new LiveEncoder(ChildProcess.piped(install, command, endless));
  }

  /**
   * Encodes a film as MP4: H.264 (OpenH264) and AAC. The target appears complete or not at all.
   *
   * @param sound a file of ours, as long as the film
   * @param tags as {@link #encode} has them
   */
  public void film(FilmFrames frames, Path sound, Path target, SequencedMap<String, String> tags)
      throws IOException {
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    List<String> command = new ArrayList<>(List.of(install.ffmpeg().toString()));
    command.addAll(List.of("-hide_banner", "-nostdin", "-v", "error"));
    command.addAll(List.of("-protocol_whitelist", "fd", "-f", "rawvideo", "-pix_fmt", "yuv420p"));
    command.addAll(List.of("-video_size", frames.width() + "x" + frames.height()));
    command.addAll(List.of("-framerate", Integer.toString(FilmFrames.RATE)));
    command.addAll(List.of("-color_range", "tv", "-fd", "0", "-i", "fd:"));
    // this one is a file of our own making, so it may be named
    command.addAll(List.of("-protocol_whitelist", "file", "-f", container(sound).demuxer()));
    command.addAll(List.of("-i", "file:" + sound.toAbsolutePath()));
    command.addAll(List.of("-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "-1"));
    command.addAll(metadata(tags));
    command.addAll(FilmFrames.CODECS);
    command.addAll(List.of("-f", "mp4", "-y", "file:" + partial.toAbsolutePath()));
    try (ChildProcess child = ChildProcess.fed(install, command, limits)) {
      Optional<String> failure = fed(child, frames);
      if (failure.isPresent()) {
        throw new IOException("encoding " + target.getFileName() + ": it " + failure.get());
      }
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Optional<String> fed(ChildProcess child, FilmFrames frames) throws IOException {
    try (OutputStream out = child.feed()) {
      for (int n = 0; n < frames.count(); n++) {
        out.write(frames.frame(n));
      }
    } catch (IOException e) {
      // the pipe breaks where the child has given up: it says why
      Optional<String> said = child.failure(limits.silence());
      if (said.isPresent()) {
        return said;
      }
      throw e;
    }
    return child.failure(limits.cpu());
  }

  private static Container container(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return switch (ContainerSniffer.sniff(channel)) {
        case Sniffed.Known known -> known.container();
        case Sniffed.Refused refused -> throw new UnreadableSoundException("is " + refused.what());
      };
    }
  }

  private List<String> inputOptions(Container container) {
    return List.of(
        "-protocol_whitelist",
        "fd",
        "-max_alloc",
        Long.toString(limits.memoryBytes() / 4),
        "-f",
        container.demuxer(),
        "-fd",
        "0");
  }

  private static List<String> metadata(SequencedMap<String, String> tags) {
    List<String> options = new ArrayList<>();
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      options.add("-metadata");
      options.add(tag.getKey().replace("=", "_") + "=" + tagText(tag.getValue()));
    }
    return options;
  }

  private static byte[] readAll(ChildProcess child) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] bytes = new byte[8192];
    for (int n = child.read(bytes, 0, bytes.length); n >= 0; ) {
      all.write(bytes, 0, n);
      if (all.size() > PROBE_MAX_BYTES) {
        throw new UnreadableSoundException("has more tags than are read");
      }
      n = child.read(bytes, 0, bytes.length);
    }
    return all.toByteArray();
  }

  private static String tagText(String value) {
    String clean = value.replace("\0", "");
    return clean.substring(0, Math.min(TAG_MAX_CHARS, clean.length()));
  }
}
