package org.sonograph.schemas;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** Confluent's own client, whose Avro is another copy of Avro: schemas cross over as their JSON. */
final class ConfluentRegistry implements RegistryClient {
  private static final int CACHED_SCHEMAS = 1000;
  private static final int CONNECT_TIMEOUT_MS = 5_000;
  private static final int READ_TIMEOUT_MS = 15_000;
  private static final int NO_SUCH_SUBJECT = 40401;
  private static final int NO_SUCH_SCHEMA = 40403;
  private static final String FULL_TRANSITIVE = "FULL_TRANSITIVE";

  private final RegistrySettings settings;
  private final SchemaRegistryClient client;
  private final Map<Integer, Schema> byId = new ConcurrentHashMap<>();

  ConfluentRegistry(RegistrySettings settings) {
    this.settings = settings;
    List<String> urls = Arrays.stream(settings.url().split(",")).map(String::strip).toList();
    RestService rest = new RestService(urls);
    rest.setHttpConnectTimeoutMs(CONNECT_TIMEOUT_MS);
    rest.setHttpReadTimeoutMs(READ_TIMEOUT_MS);
    this.client =
        new CachedSchemaRegistryClient(
            rest, CACHED_SCHEMAS, List.of(new AvroSchemaProvider()), settings.client(), Map.of());
  }

  @Override
  public int idOf(String subject, Schema schema) {
    AvroSchema theirs = new AvroSchema(schema.toString());
    try {
      if (settings.useLatest()) {
        return client.getLatestSchemaMetadata(subject).getId();
      }
      return settings.autoRegister()
          ? client.register(subject, theirs)
          : client.getId(subject, theirs);
    } catch (IOException e) {
      throw away(e);
    } catch (RestClientException e) {
      throw refusedOrAway(subject, schema, e);
    }
  }

  @Override
  public Schema schemaOf(int id) {
    Schema known = byId.get(id);
    if (known != null) {
      return known;
    }
    try {
      Schema schema = new Schema.Parser().parse(client.getSchemaById(id).canonicalString());
      Schema earlier = byId.putIfAbsent(id, schema);
      return earlier == null ? schema : earlier;
    } catch (SchemaParseException | ClassCastException e) {
      throw new UnreadableValueException(
          "schema id " + id + " in the registry " + location() + " is not Avro", e);
    } catch (IOException e) {
      throw away(e);
    } catch (RestClientException e) {
      if (e.getErrorCode() == NO_SUCH_SCHEMA) {
        throw unknown(id, location());
      }
      throw away(e);
    }
  }

  @Override
  public void requireFullTransitive(String subject) {
    if (isFullTransitive(subject)) {
      return;
    }
    try {
      client.updateCompatibility(subject, FULL_TRANSITIVE);
    } catch (IOException | RestClientException e) {
      // Services that start together ask for the same; the later ones are refused what is done.
      if (!isFullTransitive(subject)) {
        throw away(e);
      }
    }
  }

  private boolean isFullTransitive(String subject) {
    try {
      return FULL_TRANSITIVE.equals(client.getCompatibility(subject));
    } catch (RestClientException e) {
      return false;
    } catch (IOException e) {
      throw away(e);
    }
  }

  @Override
  public void ping() {
    try {
      client.getAllSubjects();
    } catch (IOException | RestClientException e) {
      throw away(e);
    }
  }

  @Override
  public String location() {
    return settings.url().replaceAll("//[^/@,]*@", "//");
  }

  @Override
  public void close() {
    try {
      client.close();
    } catch (IOException e) {
      throw away(e);
    }
  }

  static UnreadableValueException unknown(int id, String location) {
    return new UnreadableValueException(
        "schema id %d is not in the registry %s: the record was written with another registry, or its schema was deleted"
            .formatted(id, location));
  }

  private RuntimeException refusedOrAway(String subject, Schema schema, RestClientException e) {
    boolean refused =
        e.getStatus() == 409
            || e.getStatus() == 422
            || e.getErrorCode() == NO_SUCH_SUBJECT
            || e.getErrorCode() == NO_SUCH_SCHEMA;
    return refused
        ? new SchemaRefusedException(
            "registry %s does not take %s: %s (subject=%s)"
                .formatted(location(), schema.getFullName(), e.getMessage(), subject),
            e)
        : away(e);
  }

  private RegistryUnavailableException away(Exception e) {
    int status = e instanceof RestClientException rest ? rest.getStatus() : 0;
    String advice =
        switch (status) {
          case 401, 403 -> "; check its credentials";
          case 404 -> "; is the address complete with its path?";
          default -> "";
        };
    return new RegistryUnavailableException(
        "schema registry %s gives no answer: %s%s".formatted(location(), e.getMessage(), advice),
        e);
  }
}
