package org.sonograph.ingest.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** Finds out what a plan's source is. */
final class Sources {
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final String STANDARD_INPUT = "-";
  private static final String PLAYLIST = ".m3u8";

  private final FFmpeg ffmpeg;
  private final InputStream standardInput;

  Sources(FFmpeg ffmpeg, InputStream standardInput) {
    this.ffmpeg = ffmpeg;
    this.standardInput = standardInput;
  }

  /** Name and version of what decodes. */
  String decodedBy() {
    return ffmpeg.version();
  }

  FolderSource folder(Path folder) {
    return new FolderSource(folder, ffmpeg);
  }

  /**
   * The source of a stream.
   *
   * @throws IllegalArgumentException where there can be none
   */
  LiveSource of(StreamPlan plan) {
    String text = plan.source();
    if (isStandardInput(text)) {
      return new PcmSource("standard input", () -> standardInput, plan.pcm(), false);
    }
    if (CardSource.isNamedBy(text)) {
      String card = CardSource.cardOf(text);
      return new CardSource(card, plan.pcm().sampleRateHz(), plan.pcm().channels(), SILENCE);
    }
    if (isAddress(text)) {
      return web(plan);
    }
    Path path = Path.of(text);
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return new PcmSource(text, () -> open(path), plan.pcm(), true);
    }
    throw new IllegalArgumentException(
        "source=%s, expected an address (http://, https://), card or card:NAME, - for standard input, a named pipe, or a folder"
            .formatted(text));
  }

  static boolean isStandardInput(String source) {
    return source.equals(STANDARD_INPUT);
  }

  static boolean isAddress(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  private LiveSource web(StreamPlan plan) {
    URI address;
    try {
      address = URI.create(plan.source());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("source=" + plan.source() + ", expected an address", e);
    }
    PublicAddresses addresses =
        new PublicAddresses(
            plan.network().isAllowed(), plan.network().allowed(), InetAddress::getAllByName);
    WebClient web = new WebClient(addresses, SILENCE);
    boolean isPlaylist =
        String.valueOf(address.getPath()).toLowerCase(Locale.ROOT).endsWith(PLAYLIST);
    return isPlaylist ? new HlsSource(address, web, ffmpeg) : new WebSource(address, web, ffmpeg);
  }

  private static InputStream open(Path pipe) throws IOException {
    return Files.newInputStream(pipe);
  }
}
