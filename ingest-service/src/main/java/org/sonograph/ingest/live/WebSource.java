package org.sonograph.ingest.live;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import org.sonograph.runtime.ffmpeg.FFmpeg;

/** An audio stream over HTTP: Icecast, SHOUTcast, or any endless body. */
final class WebSource implements LiveSource {
  private final URI address;
  private final WebClient web;
  private final FFmpeg ffmpeg;

  WebSource(URI address, WebClient web, FFmpeg ffmpeg) {
    this.address = address;
    this.web = web;
    this.ffmpeg = ffmpeg;
  }

  @Override
  public String shown() {
    return shown(address);
  }

  /** An address without name and password. */
  static String shown(URI address) {
    return address.toString().replaceFirst("//[^/@]*@", "//");
  }

  @Override
  public LiveFeed open(Consumer<String> titles) throws IOException {
    WebAnswer answer = web.get(address, Map.of("Icy-MetaData", "1"));
    try {
      String station = answer.header("icy-name").orElse("");
      titles.accept(station);
      InputStream body = answer.body();
      int interval = answer.header("icy-metaint").map(WebSource::number).orElse(0);
      Consumer<String> songs = song -> titles.accept(song.isEmpty() ? station : song);
      InputStream sound = interval > 0 ? new IcyBody(body, interval, songs) : body;
      return new DecodedFeed(ffmpeg.stream(sound), answer);
    } catch (IOException | RuntimeException e) {
      answer.close();
      throw e;
    }
  }

  private static int number(String text) {
    return text.matches("\\d{1,8}") ? Integer.parseInt(text) : 0;
  }

  @Override
  public boolean beginsWithPast() {
    return true;
  }
}
