package org.sonograph.schemas;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** A schema registry in this process, which refuses incompatible versions as a real one does. */
public final class InMemoryRegistry implements RegistryClient {
  private final List<Schema> byId = new ArrayList<>();
  private final Map<String, List<Schema>> bySubject = new TreeMap<>();
  private final Map<Schema, Integer> ids = new HashMap<>();
  private final Set<String> fullTransitive = new HashSet<>();
  private boolean away;

  InMemoryRegistry() {}

  /** Makes every call fail as if the registry could not be reached, until {@link #comeBack}. */
  public synchronized void goAway() {
    away = true;
  }

  /** Ends {@link #goAway}. */
  public synchronized void comeBack() {
    away = false;
  }

  @Override
  public synchronized int idOf(String subject, Schema schema) {
    ping();
    List<Schema> versions = bySubject.computeIfAbsent(subject, s -> new ArrayList<>());
    if (!versions.contains(schema)) {
      versions.forEach(v -> requireCompatible(subject, v, schema));
      versions.add(schema);
    }
    return ids.computeIfAbsent(
        schema,
        s -> {
          byId.add(s);
          return byId.size();
        });
  }

  @Override
  public synchronized Schema schemaOf(int id) {
    ping();
    if (id < 1 || id > byId.size()) {
      throw ConfluentRegistry.unknown(id, location());
    }
    return byId.get(id - 1);
  }

  @Override
  public synchronized void requireFullTransitive(String subject) {
    ping();
    fullTransitive.add(subject);
  }

  @Override
  public synchronized void ping() {
    if (away) {
      throw new RegistryUnavailableException("schema registry " + location() + " is away", null);
    }
  }

  @Override
  public String location() {
    return "in memory";
  }

  @Override
  public void close() {}

  /** Subjects that have at least one version, sorted. */
  public synchronized List<String> subjects() {
    return List.copyOf(bySubject.keySet());
  }

  /** True if {@link #requireFullTransitive} was called for the subject. */
  public synchronized boolean isFullTransitive(String subject) {
    return fullTransitive.contains(subject);
  }

  private void requireCompatible(String subject, Schema older, Schema newer) {
    if (fullTransitive.contains(subject) && !(reads(older, newer) && reads(newer, older))) {
      throw new SchemaRefusedException(
          "schema "
              + newer.getFullName()
              + " is incompatible with an earlier version (subject="
              + subject
              + ")",
          null);
    }
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }
}
