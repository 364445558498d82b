package org.sonograph.runtime.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads what ffprobe prints as JSON. */
final class ProbeReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TAG_MAX_CHARS = 1000;

  private ProbeReader() {}

  static Probe read(Container container, byte[] json) throws UnreadableSoundException {
    JsonNode root = parse(json);
    JsonNode audio = null;
    boolean video = false;
    for (JsonNode stream : root.path("streams")) {
      String type = stream.path("codec_type").asText();
      video |= type.equals("video") && stream.path("disposition").path("attached_pic").asInt() == 0;
      if (audio == null && type.equals("audio")) {
        audio = stream;
      }
    }
    if (audio == null) {
      throw new UnreadableSoundException(
          video ? "is a video without sound" : "holds no sound (no audio stream)");
    }
    Map<String, String> tags = new HashMap<>();
    addTags(tags, root.path("format").path("tags"));
    addTags(tags, audio.path("tags"));
    SoundRange.require(audio.path("sample_rate").asInt(), audio.path("channels").asInt());
    double streamSeconds = audio.path("duration").asDouble(0);
    return new Probe(
        container,
        audio.path("codec_name").asText("unknown"),
        audio.path("sample_rate").asInt(),
        audio.path("channels").asInt(),
        streamSeconds > 0 ? streamSeconds : root.path("format").path("duration").asDouble(0),
        tags);
  }

  static FilmStreams film(byte[] json) throws UnreadableSoundException {
    JsonNode video = MissingNode.getInstance();
    JsonNode audio = MissingNode.getInstance();
    for (JsonNode stream : parse(json).path("streams")) {
      String type = stream.path("codec_type").asText();
      video = video.isMissingNode() && type.equals("video") ? stream : video;
      audio = audio.isMissingNode() && type.equals("audio") ? stream : audio;
    }
    return new FilmStreams(
        video.path("codec_name").asText(),
        video.path("width").asInt(),
        video.path("height").asInt(),
        video.path("duration").asDouble(),
        audio.path("codec_name").asText(),
        audio.path("duration").asDouble());
  }

  private static void addTags(Map<String, String> tags, JsonNode from) {
    from.properties()
        .forEach(
            tag -> {
              String value = tag.getValue().asText();
              String kept = value.substring(0, Math.min(TAG_MAX_CHARS, value.length()));
              tags.putIfAbsent(tag.getKey().toLowerCase(Locale.ROOT), kept);
            });
  }

  private static JsonNode parse(byte[] json) throws UnreadableSoundException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UnreadableSoundException("could not be examined: ffprobe's answer is not JSON");
    } catch (java.io.IOException e) {
      throw new UnreadableSoundException("could not be examined: " + e.getMessage());
    }
  }
}
