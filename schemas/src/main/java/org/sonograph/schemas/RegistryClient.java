package org.sonograph.schemas;

import java.util.Map;
import org.apache.avro.Schema;

/**
 * A schema registry as far as we need it.
 *
 * <p>Every method throws {@link RegistryUnavailableException} when no answer came.
 */
public interface RegistryClient extends AutoCloseable {

  /**
   * Id of {@code schema} under {@code subject}, registering it first where that is switched on.
   *
   * @throws SchemaRefusedException if the registry will not take or does not know it
   */
  int idOf(String subject, Schema schema);

  /**
   * The schema a writer used.
   *
   * @throws UnreadableValueException if the registry does not know the id
   */
  Schema schemaOf(int id);

  /** Demands that every version of {@code subject} can read and be read by every other one. */
  void requireFullTransitive(String subject);

  /** Returns when the registry answers. */
  void ping();

  /** Where the registry is, without secrets, for messages. */
  String location();

  @Override
  void close();

  /**
   * Confluent's own client.
   *
   * @param settings Confluent's own names, see {@link RegistrySettings}
   */
  static RegistryClient connect(Map<String, ?> settings) {
    return new ConfluentRegistry(RegistrySettings.of(settings));
  }

  /** A registry in this process, for tests and tools that need no network. */
  static InMemoryRegistry inMemory() {
    return new InMemoryRegistry();
  }
}
