package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps every released version of every record readable. History lies in
 * src/main/avro-history/RECORD/N.avsc; a version that was released is never changed.
 */
class SchemaHistoryTest {
  private static final Path HISTORY = Path.of("src/main/avro-history");
  private static final Path PROPOSALS = Path.of("target/avro-history");

  @TestFactory
  Stream<DynamicTest> newestEntryEqualsTheCurrentSchema() {
    return current().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      List<Schema> versions = versions(e.getKey());
                      if (versions.isEmpty() || !same(versions.getLast(), e.getValue())) {
                        int next = versions.size() + 1;
                        Path proposal = PROPOSALS.resolve(e.getKey()).resolve(next + ".avsc");
                        Files.createDirectories(proposal.getParent());
                        Files.writeString(proposal, e.getValue().toString(true) + "\n");
                        fail(
                            "%s has changed since its newest released version. To release this one:\n  mkdir -p %s && cp schemas/%s schemas/%s\n(Before the first release, overwrite the newest instead.)",
                            e.getKey(),
                            "schemas/" + HISTORY.resolve(e.getKey()),
                            proposal,
                            HISTORY.resolve(e.getKey()).resolve(next + ".avsc"));
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyVersionReadsEveryOther() {
    return current().keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      List<Schema> versions = new ArrayList<>(versions(name));
                      versions.add(current().get(name));
                      for (Schema reader : versions) {
                        for (Schema writer : versions) {
                          var result =
                              SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
                          assertThat(result.getResult().getIncompatibilities())
                              .as("FULL_TRANSITIVE, record " + name)
                              .isEmpty();
                        }
                      }
                    }));
  }

  @Test
  void noRecordOfTheHistoryIsForgotten() throws IOException {
    try (Stream<Path> folders = Files.list(HISTORY)) {
      assertThat(folders.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(current().keySet());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyFieldHasADocAndADefault() {
    return current().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      assertThat(e.getValue().getDoc()).isNotBlank();
                      for (Schema.Field field : e.getValue().getFields()) {
                        assertThat(field.doc()).as("doc of " + field.name()).isNotBlank();
                        assertThat(field.hasDefaultValue())
                            .as("default of " + field.name())
                            .isTrue();
                      }
                    }));
  }

  @Test
  void aNestedDefaultIsTheNestedRecordsOwn() {
    for (Schema record : current().values()) {
      for (Schema.Field field : record.getFields()) {
        if (field.schema().getType() == Schema.Type.RECORD) {
          Object nested = GenericData.get().getDefaultValue(field);
          GenericData.Record own = new GenericData.Record(field.schema());
          field
              .schema()
              .getFields()
              .forEach(f -> own.put(f.pos(), GenericData.get().getDefaultValue(f)));
          assertThat(nested).as(record.getName() + "." + field.name()).isEqualTo(own);
        }
      }
    }
  }

  /** Every record that is a topic's value or part of one, by name. */
  private static Map<String, Schema> current() {
    Map<String, Schema> records = new LinkedHashMap<>();
    Topics.all().forEach(t -> collect(SpecificData.get().getSchema(t.valueType()), records));
    collect(DecodedChunk.getClassSchema(), records);
    return records;
  }

  private static void collect(Schema schema, Map<String, Schema> into) {
    switch (schema.getType()) {
      case RECORD -> {
        if (into.putIfAbsent(schema.getName(), schema) == null) {
          schema.getFields().forEach(f -> collect(f.schema(), into));
        }
      }
      case ARRAY -> collect(schema.getElementType(), into);
      case MAP -> collect(schema.getValueType(), into);
      case UNION -> schema.getTypes().forEach(t -> collect(t, into));
      default -> {}
    }
  }

  /**
   * Same fields, types, defaults and docs; a schema parsed from text compares like one from a
   * class.
   */
  private static boolean same(Schema a, Schema b) {
    return a.toString().equals(b.toString());
  }

  private static List<Schema> versions(String record) throws IOException {
    Path folder = HISTORY.resolve(record);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.sorted(
                  Comparator.comparingInt(
                      f -> Integer.parseInt(f.getFileName().toString().replace(".avsc", ""))))
              .toList();
    }
    List<Schema> versions = new ArrayList<>();
    for (Path file : files) {
      assertThat(file.getFileName()).hasToString((versions.size() + 1) + ".avsc");
      versions.add(new Schema.Parser().parse(Files.readString(file)));
    }
    return versions;
  }
}
