package org.sonograph.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.config.SmallRyeConfig;
import org.apache.avro.specific.SpecificRecord;
import org.sonograph.runtime.osc.OscServer;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.Topic;

/**
 * What a service gets from its host.
 *
 * @param name name of the service, as in {@code ingest-service}
 * @param config all settings, checked
 * @param kafka properties for clients
 * @param registry schemas; patient: it waits out a short absence of the registry
 * @param meters where meters go
 * @param http the server that carries health, metrics and the service's own routes
 * @param osc Open Sound Control, in and out
 */
public record ServiceContext(
    String name,
    SmallRyeConfig config,
    KafkaSettings kafka,
    RegistryClient registry,
    MeterRegistry meters,
    HttpServer http,
    OscServer osc) {

  /** The service's own settings. */
  public <T> T settings(Class<T> mapping) {
    return config.getConfigMapping(mapping);
  }

  /** Serde of a topic's values. */
  public <V extends SpecificRecord> AvroSerde<V> serde(Topic<V> topic) {
    return AvroSerde.of(topic, registry);
  }
}
