package org.sonograph.ingest.live;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** An audio stream that is given out as playlists of segments. */
final class HlsSource implements LiveSource {
  private final URI address;
  private final WebClient web;
  private final FFmpeg ffmpeg;

  HlsSource(URI address, WebClient web, FFmpeg ffmpeg) {
    this.address = address;
    this.web = web;
    this.ffmpeg = ffmpeg;
  }

  @Override
  public String shown() {
    return WebSource.shown(address);
  }

  @Override
  public LiveFeed open(Consumer<String> titles) throws IOException {
    HlsBody body = new HlsBody(web, address);
    try {
      return new DecodedFeed(ffmpeg.stream(body), body);
    } catch (IOException | RuntimeException e) {
      body.close();
      throw e;
    }
  }
}
