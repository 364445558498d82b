package org.sonograph.ingest.upload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sonograph.ingest.recipe.RecipeText;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.ingest.source.Spool;

/**
 * What one request brought: the sound, spooled, and the options of its recipe. The sound is the
 * body, or a part of a form with a file name; options are query parameters, fields of the form, or
 * a JSON object in the form's field {@code recipe}.
 */
record UploadRequest(Path spooled, String name, Map<String, List<String>> options) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIELD_MAX_BYTES = 64 * 1024;
  private static final int NAME_MAX_CHARS = 200;
  private static final String NAME = "name";
  private static final String RECIPE = "recipe";

  /** Reads a request to its end. */
  static UploadRequest read(Context request, Spool spool) throws IOException {
    Map<String, List<String>> options = new HashMap<>(request.queryParamMap());
    String name = Optional.ofNullable(options.remove(NAME)).map(List::getFirst).orElse("");
    String type = Optional.ofNullable(request.contentType()).orElse("");
    if (!type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/form-data")) {
      Path spooled = spool.take(request.bodyInputStream());
      return new UploadRequest(spooled, plain(name), options);
    }
    return readForm(new MultipartStream(request.bodyInputStream(), type), spool, name, options);
  }

  private static UploadRequest readForm(
      MultipartStream form, Spool spool, String name, Map<String, List<String>> options)
      throws IOException {
    Optional<Path> spooled = Optional.empty();
    String fileName = name;
    try {
      for (var part = form.next(); part.isPresent(); part = form.next()) {
        MultipartStream.Part field = part.get();
        if (field.fileName().isPresent() && !field.name().equals(RECIPE)) {
          if (spooled.isPresent()) {
            throw new IllegalArgumentException("the form holds several files; send one a request");
          }
          spooled = Optional.of(spool.take(field.body()));
          fileName = fileName.isEmpty() ? field.fileName().get() : fileName;
        } else {
          addField(field, options);
        }
      }
      Path file = spooled.orElseThrow(() -> new IllegalArgumentException("the form holds no file"));
      return new UploadRequest(file, plain(fileName), options);
    } catch (IOException | RuntimeException e) {
      if (spooled.isPresent()) {
        spool.release(spooled.get());
      }
      throw e;
    }
  }

  private static void addField(MultipartStream.Part field, Map<String, List<String>> options)
      throws IOException {
    String text = text(field.body());
    if (field.name().equals(RECIPE)) {
      addJson(text, options);
    } else if (!text.isEmpty()) {
      // a form sends every field; an empty one says nothing
      options.computeIfAbsent(field.name(), n -> new ArrayList<>()).add(text);
    }
  }

  /** Adds {@code {"prompt": "...", "reading": ["red", "chirp"], "steps": 20}}. */
  static void addJson(String text, Map<String, List<String>> options) throws IOException {
    JsonNode recipe = JSON.readTree(text);
    if (!recipe.isObject()) {
      throw new IllegalArgumentException("recipe is not a JSON object");
    }
    options.putAll(RecipeText.of(recipe));
  }

  private static String text(InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(FIELD_MAX_BYTES + 1);
    if (bytes.length > FIELD_MAX_BYTES) {
      throw new IllegalArgumentException("a field of the form is longer than 64 KiB");
    }
    body.transferTo(java.io.OutputStream.nullOutputStream());
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * A name without folders; what a browser or a script says is only ever shown and kept as text.
   */
  private static String plain(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String cut = last.substring(Math.max(0, last.length() - NAME_MAX_CHARS));
    return cut.isBlank() ? "upload" : cut;
  }

  SourceFile source() {
    return new SourceFile(spooled, name, name);
  }
}
