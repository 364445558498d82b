package org.sonograph.launcher.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sonograph.launcher.embedded.EmbeddedException;
import org.sonograph.runtime.files.WholeFile;

/**
 * What a job was told, kept in its data folder until all is complete, so that the same command goes
 * on where it was.
 *
 * @param version of this file's form
 * @param seed seed of the job
 * @param recipe everything artistic but the seed, as JSON
 * @param format format of the sound files
 * @param takes takes that were begun
 */
public record JobFile(int version, long seed, JsonNode recipe, String format, List<Begun> takes) {
  private static final String NAME = "job.json";
  private static final int VERSION = 1;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A take that was begun.
   *
   * @param take its id
   * @param name name of its source
   * @param sourceId id of its source
   */
  public record Begun(String take, String name, String sourceId) {}

  public JobFile {
    takes = List.copyOf(takes);
  }

  public static JobFile of(long seed, JsonNode recipe, String format, List<Begun> takes) {
    return new JobFile(VERSION, seed, recipe, format, takes);
  }

  /** The job in a data folder, if one was begun there. */
  public static Optional<JobFile> read(Path data) {
    Path file = data.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JobFile job = JSON.readValue(Files.readAllBytes(file), JobFile.class);
      if (job.version() != VERSION) {
        throw new EmbeddedException(
            "%s was written by another version of Sonograph (%d, expected %d): finish that job with it, or remove %s"
                .formatted(file, job.version(), VERSION, data));
      }
      return Optional.of(job);
    } catch (JsonProcessingException e) {
      throw new EmbeddedException(file + " is damaged: remove " + data + " to begin anew", e);
    } catch (IOException e) {
      throw new EmbeddedException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Puts the job into a data folder, whole or not at all. */
  public void write(Path data) {
    try {
      WholeFile.write(data.resolve(NAME), JSON.writeValueAsBytes(this));
    } catch (IOException e) {
      throw new EmbeddedException("cannot write " + data.resolve(NAME) + ": " + e, e);
    }
  }
}
