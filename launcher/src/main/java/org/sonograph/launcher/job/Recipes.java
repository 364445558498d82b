package org.sonograph.launcher.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.sonograph.schemas.Interpretation;

/**
 * Compares interpretations apart from their seeds and from what presets they came from, in the JSON
 * that {@code track.json} holds.
 */
final class Recipes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DIFFUSION = "diffusion";
  private static final String SEED = "seed";
  private static final String MODEL_HASH = "modelHash";
  private static final String PRESET = "preset";

  private Recipes() {}

  /** An interpretation as JSON, its seed left out. */
  static JsonNode withoutSeed(Interpretation interpretation) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(interpretation.getSchema(), bytes);
      new SpecificDatumWriter<>(Interpretation.class).write(interpretation, encoder);
      encoder.flush();
      return withoutSeed(JSON.readTree(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same of an interpretation that is JSON already. */
  static JsonNode withoutSeed(JsonNode interpretation) {
    if (!(interpretation.deepCopy() instanceof ObjectNode copy)) {
      return interpretation;
    }
    copy.remove(PRESET);
    if (copy.get(DIFFUSION) instanceof ObjectNode diffusion) {
      diffusion.remove(SEED);
    }
    return copy;
  }

  /** The same whatever bytes its model has. */
  static JsonNode ofAnyModel(JsonNode recipe) {
    JsonNode copy = recipe.deepCopy();
    if (copy.path(DIFFUSION) instanceof ObjectNode diffusion) {
      diffusion.remove(MODEL_HASH);
    }
    return copy;
  }

  /** Seed in an interpretation that is JSON. */
  static long seed(JsonNode interpretation) {
    return interpretation.path(DIFFUSION).path(SEED).asLong();
  }

  /** What differs, for a message: {@code prompt "a", now "b"}. */
  static String difference(JsonNode before, JsonNode now) {
    List<String> differences = new ArrayList<>();
    collect("", before, now, differences);
    return String.join("; ", differences);
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "none" : value.toString();
  }

  private static void collect(
      String name, JsonNode before, JsonNode now, List<String> differences) {
    if (before.isObject() && now.isObject()) {
      Set<String> fields = new LinkedHashSet<>();
      before.fieldNames().forEachRemaining(fields::add);
      now.fieldNames().forEachRemaining(fields::add);
      fields.forEach(f -> collect(f, before.path(f), now.path(f), differences));
    } else if (!before.equals(now)) {
      differences.add(name + " " + shown(before) + ", now " + shown(now));
    }
  }
}
