package org.sonograph.runtime.settings;

import io.smallrye.config.SmallRyeConfig;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Client properties that pass through under one prefix.
 *
 * <p>Everything about reaching and trusting the broker passes; what a client must have for its
 * service to be correct (groups, acknowledgements, isolation, serialisers, sizes) does not.
 */
public final class PassThrough {
  /** Prefix of Kafka client properties. */
  public static final String KAFKA_PREFIX = Settings.PREFIX + "kafka.client.";

  /** Prefix of schema registry client properties. */
  public static final String REGISTRY_PREFIX = Settings.PREFIX + "registry.client.";

  private static final Pattern KAFKA_FAMILIES =
      Pattern.compile(
          "(security|sasl|ssl|socket|reconnect|retry|metadata|send\\.buffer|receive\\.buffer)\\..*");
  private static final Set<String> KAFKA_SINGLE =
      Set.of(
          "client.dns.lookup",
          "client.rack",
          "connections.max.idle.ms",
          "request.timeout.ms",
          "default.api.timeout.ms",
          "delivery.timeout.ms",
          "max.block.ms",
          "linger.ms",
          "batch.size",
          "heartbeat.interval.ms",
          "max.poll.interval.ms",
          "fetch.min.bytes",
          "fetch.max.wait.ms");
  private static final Set<String> REGISTRY_NAMES =
      Set.of(
          "basic.auth.credentials.source",
          "basic.auth.user.info",
          "bearer.auth.credentials.source",
          "bearer.auth.token",
          "bearer.auth.issuer.endpoint.url",
          "bearer.auth.client.id",
          "bearer.auth.client.secret",
          "bearer.auth.scope",
          "bearer.auth.logical.cluster",
          "bearer.auth.identity.pool.id",
          "proxy.host",
          "proxy.port",
          "schema.registry.ssl.truststore.location",
          "schema.registry.ssl.truststore.password",
          "schema.registry.ssl.truststore.type",
          "schema.registry.ssl.keystore.location",
          "schema.registry.ssl.keystore.password",
          "schema.registry.ssl.keystore.type",
          "schema.registry.ssl.key.password",
          "schema.registry.ssl.endpoint.identification.algorithm");
  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|token|jaas|user\\.info|\\.key$|key\\.pem).*");
  private static final Set<String> KAFKA_NAMES = kafkaNames();

  private PassThrough() {}

  /** Kafka properties that were given, by Kafka's own names. */
  public static Map<String, String> kafka(SmallRyeConfig config) {
    return given(config, KAFKA_PREFIX, KAFKA_NAMES);
  }

  /** Registry properties that were given, by Confluent's own names. */
  public static Map<String, String> registry(SmallRyeConfig config) {
    return given(config, REGISTRY_PREFIX, REGISTRY_NAMES);
  }

  static boolean isPassThrough(String name) {
    return name.startsWith(KAFKA_PREFIX)
        || name.startsWith(REGISTRY_PREFIX)
        || name.startsWith(SettingsTable.variableOf(KAFKA_PREFIX))
        || name.startsWith(SettingsTable.variableOf(REGISTRY_PREFIX));
  }

  static boolean allows(String name) {
    return name.startsWith(KAFKA_PREFIX)
            && KAFKA_NAMES.contains(name.substring(KAFKA_PREFIX.length()))
        || name.startsWith(REGISTRY_PREFIX)
            && REGISTRY_NAMES.contains(name.substring(REGISTRY_PREFIX.length()));
  }

  static boolean allowsVariable(String variable) {
    return KAFKA_NAMES.stream().anyMatch(n -> variableOf(KAFKA_PREFIX, n).equals(variable))
        || REGISTRY_NAMES.stream().anyMatch(n -> variableOf(REGISTRY_PREFIX, n).equals(variable));
  }

  static boolean isSecret(String name) {
    return SECRET.matcher(name).matches();
  }

  private static String variableOf(String prefix, String name) {
    return SettingsTable.variableOf(prefix + name);
  }

  private static Map<String, String> given(
      SmallRyeConfig config, String prefix, Set<String> names) {
    Map<String, String> given = new TreeMap<>();
    for (String name : names) {
      config.getOptionalValue(prefix + name, String.class).ifPresent(v -> given.put(name, v));
    }
    return given;
  }

  private static Set<String> kafkaNames() {
    Set<String> all = new TreeSet<>(ProducerConfig.configNames());
    all.addAll(ConsumerConfig.configNames());
    all.addAll(AdminClientConfig.configNames());
    return all.stream()
        .filter(n -> KAFKA_SINGLE.contains(n) || KAFKA_FAMILIES.matcher(n).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
